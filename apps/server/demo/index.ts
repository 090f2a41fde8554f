/** The demo district as data and pure generators; the loader turns it into rows. */
export * from './divisions.ts';
export * from './experts.ts';
export * from './names.ts';
export * from './organisations.ts';
export * from './random.ts';
export * from './resources.ts';
export * from './stories.ts';
export * from './telling.ts';
export * from './types.ts';
export * from './workers.ts';

/** How often a fault comes: once or so in `npm test`, often in `npm run battery -- faults [--rounds=N]`. */
export const rounds = (inSample: number, inBattery: number): number => {
  const asked = process.env.FAULT_ROUNDS;
  if (asked === undefined) return inSample;
  return asked === 'all' ? inBattery : Number(asked);
};

/** Whether the battery runs, which takes its time. */
export const isBattery = process.env.FAULT_ROUNDS !== undefined;

/** Figures of the battery, for people; the sample keeps quiet. */
export const tell = (what: string, figures: object): void => {
  if (isBattery) console.log(`${what}: ${JSON.stringify(figures)}`);
};

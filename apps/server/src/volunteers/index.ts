/** The door of the volunteers' room. */
export { helpOf, keptNames, mayName, namesKept, recordHelp, seenNames } from './help.ts';
export { volunteersRoutes } from './routes.ts';
export { indexesOf as volunteerIndexes } from './store.ts';

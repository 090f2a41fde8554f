/** The door of the workforce room: people of the staff, how they are found and how they are registered. */
export { changePerson, registerPerson } from './commands.ts';
export { type NamePinyin, pinyinOf } from './pinyin.ts';
export { workforceRoutes } from './routes.ts';
export { namedLike } from './search.ts';

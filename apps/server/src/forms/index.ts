/** The door of the forms room: templates as data, and what was filled on them. */

export { answerParts } from './papers.ts';
export { formsRoutes } from './routes.ts';
export { installFormTemplates } from './seed.ts';
export { carriedForms, listAnswers, readAnswer } from './views.ts';

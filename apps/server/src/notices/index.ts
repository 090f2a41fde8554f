/** The door of the message centre. */
export { mailAppointment } from './mailCommands.ts';
export { mailNotices, noticesJobs, sendDigests, sendMail } from './mailJobs.ts';
export { noticesRoutes } from './routes.ts';

/** The door of the calendar: the table by which the working-day clock reckons. */
export { calendarRoutes } from './routes.ts';
export { holidayTable } from './table.ts';

/** What the divisions room remembers, with the words of the audit list. */
export const divisionEvents = { 'division.created': '新增区划', 'division.changed': '修改区划' } as const;

/** Type of an event of the divisions room. */
export type DivisionEvent = keyof typeof divisionEvents;

/** Milliseconds since 1970 at which an id (UUIDv7) was made: its first 48 bits. */
export const momentOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/**
 * A bound for ids: not above any id made at this millisecond or later, and above every earlier one. With `before` of -1, the last
 * id before that bound, for comparisons by "greater than".
 */
export const lowestIdAt = (millis: number, before: 0 | -1 = 0): string => {
  const hex = Math.max(0, millis + before)
    .toString(16)
    .padStart(12, '0');
  return before === 0
    ? `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
    : `${hex.slice(0, 8)}-${hex.slice(8)}-ffff-ffff-ffffffffffff`;
};

/** Settings of a platform under test: a slow machine is no full house, and no statement runs too long. Who tests bounds sets them. */
export const PATIENT = {
  JIEYOU_WAITING: '10000',
  JIEYOU_WAIT_MS: '10000',
  JIEYOU_ACQUIRE_SECONDS: '60',
  JIEYOU_LOCK_SECONDS: '60',
  JIEYOU_STATEMENT_SECONDS: '120',
  JIEYOU_REQUEST_SECONDS: '120',
} as const;

import type { Facts } from '@jieyou/core/shared/verdict.ts';

/** The domain said no: a code and its facts (409). Codes under `identity.wrong-credentials` answer 401. */
export class Refused extends Error {
  readonly code: string;
  readonly facts: Facts;
  constructor(code: string, facts: Facts = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/** Missing, or out of reach: the two answer alike (404). */
export class NotFound extends Error {}

/** The person may never do this (403). */
export class Denied extends Error {
  readonly code: string;
  constructor(code = 'denied') {
    super(code);
    this.code = code;
  }
}

/** No valid session (401). */
export class SignedOut extends Error {
  readonly code: string;
  constructor(code = 'signed-out') {
    super(code);
    this.code = code;
  }
}

/** A field is wrong (400): paths and sentences for people. */
export class Invalid extends Error {
  readonly fields: readonly { path: string; message: string }[];
  constructor(fields: readonly { path: string; message: string }[]) {
    super('invalid');
    this.fields = fields;
  }
}

/** Too many requests (429), with the seconds to wait. */
export class TooMany extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('too many');
    this.seconds = seconds;
  }
}

/** Thrown by a command whose refusal must not undo what it wrote (a counted failure): the door commits, then answers with `error`. */
export class AfterCommit extends Error {
  readonly error: Error;
  constructor(error: Error) {
    super(error.message);
    this.error = error;
  }
}

/** No place for the request now (503). The seconds differ, so that those who were turned away together do not come back together. */
export class Busy extends Error {
  readonly seconds: number;
  constructor(seconds = 1 + Math.floor(Math.random() * 3)) {
    super('busy');
    this.seconds = seconds;
  }
}

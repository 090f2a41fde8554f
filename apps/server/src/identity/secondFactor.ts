import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;

const totp = (secret: string, username: string): TOTP =>
  new TOTP({ issuer: '解忧', label: username, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret: Secret.fromBase32(secret) });

/** A new secret, in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator reads from the QR code. */
export const enrolmentUri = (secret: string, username: string): string => totp(secret, username).toString();

/** The code of this moment; shown in the demo only. */
export const currentCode = (secret: string, now: Date): string => totp(secret, '').generate({ timestamp: now.getTime() });

/** The time step of a right code, one step of drift allowed either way; null for a wrong code. A step is accepted once. */
export const stepOf = (secret: string, code: string, now: Date): number | null => {
  const delta = totp(secret, '').validate({ token: code.replace(/\s/g, ''), timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta;
};

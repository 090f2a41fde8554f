/** A mail server of our own on this machine: speaks SMTP with STARTTLS and sign-in, and can refuse, put off, or keep silent. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export type Arrived = { readonly to: string[]; readonly raw: string; readonly secure: boolean; readonly user: string | undefined };

/** The parts of a mail, decoded: its text and its calendar entry. */
export const partsOf = (raw: string): { subject: string; text: string; calendar: string; calendarType: string } => {
  const part = (type: RegExp): { head: string; body: string } => {
    const at = raw.search(type);
    if (at < 0) return { head: '', body: '' };
    const headEnd = raw.indexOf('\r\n\r\n', at);
    const head = raw.slice(Math.max(0, raw.lastIndexOf('\r\n--', at)), headEnd);
    const rest = raw.slice(headEnd + 4);
    const end = rest.search(/\r\n--/);
    const body = end < 0 ? rest : rest.slice(0, end);
    if (/base64/i.test(head)) return { head, body: Buffer.from(body, 'base64').toString('utf8') };
    if (/quoted-printable/i.test(head)) {
      const bytes = body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return { head, body: Buffer.from(bytes, 'latin1').toString('utf8') };
    }
    return { head, body };
  };
  const subject = (/^Subject: ((?:.*\r\n[ \t])*.*)/im.exec(raw)?.[1] ?? '')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, what: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(what, 'base64').toString('latin1')
        : what.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  const calendar = part(/Content-Type: text\/calendar/i);
  return {
    subject: Buffer.from(subject, 'latin1').toString('utf8'),
    text: part(/Content-Type: text\/plain/i).body,
    calendar: calendar.body.replace(/\r?\n[ \t]/g, ''),
    calendarType: calendar.head,
  };
};

/** Starts the peer; `settings` are what the platform needs to reach it. */
export const startSmtpPeer = async (dir: string) => {
  const arrived: Arrived[] = [];
  let mood: 'take' | 'put-off' | 'refuse-recipient' | 'silent' = 'take';
  const held: (() => void)[] = [];
  const server = new SMTPServer({
    key: KEY,
    cert: CERT,
    authOptional: false,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    onAuth: (auth, session, done) => {
      if (!session.secure) return done(new Error('sign-in needs TLS'));
      return auth.username === 'jieyou' && auth.password === 'geheim-1' ? done(null, { user: auth.username }) : done(new Error('535 no'));
    },
    onRcptTo: (_address, _session, done) => {
      if (mood === 'refuse-recipient') return done(Object.assign(new Error('no such user'), { responseCode: 550 }));
      if (mood === 'silent') {
        held.push(() => done());
        return;
      }
      return done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (mood === 'put-off') return done(Object.assign(new Error('try later'), { responseCode: 451 }));
        arrived.push({
          to: session.envelope.rcptTo.map((r) => r.address),
          raw: Buffer.concat(chunks).toString('utf8'),
          secure: session.secure,
          user: session.user,
        });
        return done();
      });
    },
  });
  // A client that gives up on a slow server closes the line.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ca = join(dir, 'peer.pem');
  writeFileSync(ca, CERT);
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    arrived,
    /** What arrived for an address. */
    of: (address: string) => arrived.filter((a) => a.to.includes(address)).map((a) => ({ ...a, ...partsOf(a.raw) })),
    be: (next: typeof mood) => {
      mood = next;
    },
    settings: {
      JIEYOU_SMTP_HOST: '127.0.0.1',
      JIEYOU_SMTP_PORT: String(port),
      JIEYOU_SMTP_USER: 'jieyou',
      JIEYOU_SMTP_PASSWORD: 'geheim-1',
      JIEYOU_SMTP_FROM: 'zhongxin@jieyou.example',
      JIEYOU_SMTP_CA_FILE: ca,
      JIEYOU_SMTP_SECONDS: '1',
      JIEYOU_PUBLIC_URL: 'https://jieyou.example',
    },
    stop: async () => {
      for (const go of held) go();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

// A certificate for localhost that only this peer uses; it guards nothing.
const CERT = `-----BEGIN CERTIFICATE-----
MIIDJzCCAg+gAwIBAgIUKNn9oFx+r+eKgvj/quQtNRfLvoUwDQYJKoZIhvcNAQEL
BQAwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjA0MzMxMFoYDzIxMjYx
MDI5MDQzMzEwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwggEiMA0GCSqGSIb3DQEB
AQUAA4IBDwAwggEKAoIBAQCy4nQ5v40dM19wx/3EIJX/4F37TG8lTdMoy/QO10yW
4C8GRs7o5Cvr7F1XepKzVKjzCF8btd30bCax+b42VqIjF9Ubyx1tF6LPW0GV3E4D
f0hhSR9TRNJhxuuGhTfLq6cvUpo8HVpB+kNe7CxjhEfRYaW3cysnyJrfOff9/80/
WX1QEH1QrxiglaZ6DFJlwM9IQzBWmrnEXZc2IvedRsHLbW65weWleF5+fbo/wyaP
dgl15hSfHMLO0HK9yVFU75SaZ1cfDKmyxl1QMe3Qqrq5z6mjE+nhSi8K7ll9IZ+v
/jwl3A512jbznR7yddeIaVz/qNjViUMvLsdw8qdhnV8HAgMBAAGjbzBtMB0GA1Ud
DgQWBBS841/iyTu0+5rNBxdMzfa1xUTLQjAfBgNVHSMEGDAWgBS841/iyTu0+5rN
BxdMzfa1xUTLQjAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGCCWxvY2FsaG9z
dIcEfwAAATANBgkqhkiG9w0BAQsFAAOCAQEAp2a/ycdYc7j64XmpPfcDKPFJp2xM
GQxwQZaDy1AgiBpDazZ7mhjSYRpIx2Gzhl88P9QaqepU3Rai8PCEKnfVlAbQ/lZu
Ypiqft/biyxnpfV3frooJzSJ227pSlZVs9k6rYcVDxXGNtFf0rJEKF17duNN7tNH
EQJBV6Qa9ElEKpTbiOPJwwdmwTnkXVET05k5JJhtm+ItjR3k2d2DLCW88if0ehFH
ILDbwwGODu05BrgMZWwfske6+j5gJZiTUo1Vsh9k2WQlgdeydSzYbWDAwYON28g4
yTf4CPO1ZcPXYrhUMsR3/7F+EQyPclrJaRnE7eI01ZQYB6mNUqF47vLQmw==
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCy4nQ5v40dM19w
x/3EIJX/4F37TG8lTdMoy/QO10yW4C8GRs7o5Cvr7F1XepKzVKjzCF8btd30bCax
+b42VqIjF9Ubyx1tF6LPW0GV3E4Df0hhSR9TRNJhxuuGhTfLq6cvUpo8HVpB+kNe
7CxjhEfRYaW3cysnyJrfOff9/80/WX1QEH1QrxiglaZ6DFJlwM9IQzBWmrnEXZc2
IvedRsHLbW65weWleF5+fbo/wyaPdgl15hSfHMLO0HK9yVFU75SaZ1cfDKmyxl1Q
Me3Qqrq5z6mjE+nhSi8K7ll9IZ+v/jwl3A512jbznR7yddeIaVz/qNjViUMvLsdw
8qdhnV8HAgMBAAECggEAOtmORAtVCOTEQs3AmhvgTTBKquhf7mVWkSbb8V/6Re6V
+dokqvCZ1IFLygI8rfuto1q/M1YXIZjM+CNB5Q2GRMZL6VteoGu0t8P9ZSh3j+X5
cWwFfrb3AYzYIkbEbuBXXZWuwRUlAuyq6lkHV2wG1obp5lrguTNhZAvlnq3fn7Wr
oaYFjs67sR/QYn7KGZ43m0xsFEU/AWJ2OYgui/2V1EN6c8/shNRUvT+OvSL0Yzr7
5MeCE+4yUqem+UIDC6QZodvj2G4NRxJLIjOGDYiTOPNC8WKOeSI8tUVi+Lf4tgWc
bSM71dWzG4KjAZQvRWLVl9nUXmYen91cCaXiU6mRLQKBgQDiZxoU+HQCJMzJP0B0
sZBq+PVm6qUr2xwsRUIbLOvxuyy6Fbu65/efvzehfxF9k2WIxbNXdGWc+tVSw0xl
G8ea2XdTxXQz8UfbBBruFWXoc2Mrm0oQ1kg4GwPhARyU/TE0ReeA+mD2ldWAOfQN
pZBm5r7vzVM9SF4JJBN99/KrwwKBgQDKRRZzr5lXFtv3+KD7x9wZRkwjSNVVB392
NYI4zqcsfTZ63EnXo90dXFh+s+joUmwkMi3lbkvnGIiFDaJf0o4RNFYim/nWrB70
OuanGDzBliSif5MvAV6p1IQ6/XE19z4DqCE7s8ukjY/hHXo+p+ZidxPztCV1iwJa
LqqS9NH/bQKBgG9fRp5QRkkTr0XEfsGo46ErzRSOkygKxkYk38scgwjMCcmUjV/5
Yn/MAeLI7mK20njAwGNiF+ZsIepvtjH6w2syVRf5hxtSMwXTdCfwkMwTjxJRdtLn
hmlLKNJTyKqmDsFnLeXtxSsoM/m7CIp6CpoEIqM2fx8jbVbTz17lTRQfAoGBAKvV
3akSOPbfmKglNL4xoC5opi4jpfjCkepesu6HwUXuaeYeVy03LJXQ6e1Z8jfMLcri
RlNvTFRbZz+BwbweKEs9Zx+n2qwhNXrOvzydPqBHaYATWXrJcx5cSKnEvfTWwnxg
zTrnF84H5X+dh0jLYtGrz+tt05T0L19l3ctS6URRAoGAIEqPBewTHhu96kPR8WV/
MLQSby6oTwjQF9BQek+3MTFIyF8Tib6pzwMuh2w1Cqkdc9y+5f7OElwv9wnsGB1z
lUklY72hvqsoYyeCDhbUaQI3ic0MloL2YR2mFcU5S82mxGt2ltY/l6/BWoPb9Ghk
hwqrUFSHrSCgGJ0j0wUGRNk=
-----END PRIVATE KEY-----
`;

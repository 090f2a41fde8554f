/** One battery: runs whole and answers how many of its checks held. */
export type Battery = (options: Readonly<Record<string, string>>) => Promise<{ readonly passed: number; readonly failed: number }>;

/** A test by its file and its name, as it is written there. */
type Proof = { readonly file: string; readonly name: string };

/** A threat, an item of OWASP ASVS 5.0 or of 等保 level 3, with the control that answers it and the test that shows it. */
export type Control = {
  readonly threat?: string;
  readonly says: string;
  readonly control?: string;
  readonly asvs?: readonly string[];
  readonly dengbao?: readonly string[];
  readonly test: Proof;
};

/** What is promised of a fault, and the test that holds us to it. */
export type Promised = { readonly fault: string; readonly says: string; readonly test: Proof };

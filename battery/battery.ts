/** One battery: runs whole and answers how many of its checks held. */
export type Battery = (options: Readonly<Record<string, string>>) => Promise<{ readonly passed: number; readonly failed: number }>;

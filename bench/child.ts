/** What a measured process answers the one that measures. */
export type Usage = { readonly cpuMicros: number; readonly rssBytes: number };

/** Answers questions for processor time and memory, and stops when asked or left alone. */
export const answerParent = (stop: () => Promise<void>): void => {
  process.on('message', (message) => {
    if (message === 'usage') {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss() } satisfies Usage);
    }
    if (message === 'stop') void stop().finally(() => process.exit(0));
  });
  process.on('disconnect', () => process.exit(0));
};

/** Tells on which port the process listens. */
export const tellPort = (address: string): void => {
  process.send?.({ port: Number(new URL(address).port) });
};

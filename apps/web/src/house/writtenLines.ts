/** The words of an act as they were written, for reading and copying; codes and ids say nothing to people. */
export const linesOf = (body: unknown): string[] => {
  if (typeof body === 'string') return /[\u4e00-\u9fff]/.test(body) ? [body] : [];
  return typeof body === 'object' && body !== null ? Object.values(body).flatMap(linesOf) : [];
};

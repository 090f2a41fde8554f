import { RefusalNotice } from './RefusalNotice.tsx';

/** A file that was not taken, and why. */
export type FailedFile = { readonly name: string; readonly error: unknown };

/** Beside the files: those that were not taken, each with its sentence. */
export function FailedFiles({ failures }: { failures: readonly FailedFile[] }) {
  return failures.map((f) => (
    <div key={f.name} className="rd-gap">
      <strong>{f.name}</strong>
      <RefusalNotice error={f.error} />
    </div>
  ));
}

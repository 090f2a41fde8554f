import { type ComponentProps, lazy, Suspense } from 'react';

const ExportPrompt = lazy(async () => ({ default: (await import('./ExportPrompt.tsx')).ExportPrompt }));

/** The dialog of an export, loaded when it is first opened. */
export function ExportDialog({ open, ...rest }: { readonly open: boolean } & ComponentProps<typeof ExportPrompt>) {
  return open ? (
    <Suspense fallback={null}>
      <ExportPrompt {...rest} />
    </Suspense>
  ) : null;
}

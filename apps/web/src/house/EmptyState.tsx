import type { ReactNode } from 'react';

/** What will appear here and how to begin. */
export function EmptyState({
  title,
  hint,
  action,
}: {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly action?: ReactNode;
}) {
  return (
    <div className="jy-empty">
      <p className="jy-empty-title">{title}</p>
      {hint !== undefined && <p>{hint}</p>}
      {action}
    </div>
  );
}

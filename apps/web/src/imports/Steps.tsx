const STEPS = ['选文件', '核对', '写入', '结果'] as const;

/** Where one stands on the way. */
export function Steps({ at }: { readonly at: number }) {
  return (
    <ol className="im-steps" aria-label="步骤">
      {STEPS.map((says, i) => (
        <li key={says} aria-current={i === at ? 'step' : undefined} className={i < at ? 'im-passed' : ''}>
          <span aria-hidden="true">{i + 1}</span>
          {says}
        </li>
      ))}
    </ol>
  );
}

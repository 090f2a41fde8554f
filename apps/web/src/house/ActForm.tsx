import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { Button, type ButtonProps } from 'antd';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { useAct } from './ask.ts';
import { FormDialog } from './FormDialog.tsx';
import { RecordForm } from './RecordForm.tsx';

/** A button that asks a few things in a dialog and does one act of a record; the endpoint's body says what is needed. */
export function ActForm<E extends AnyEndpoint>({
  endpoint,
  id,
  extra,
  initial,
  title,
  says,
  sure,
  draftKey,
  onDone,
  button,
  children,
}: {
  readonly endpoint: E;
  readonly id: string;
  /** What the body needs and nobody types: the version. */
  readonly extra: object;
  readonly initial?: object;
  readonly title: string;
  /** What will happen. */
  readonly says?: string;
  readonly sure?: string;
  readonly draftKey?: string;
  readonly onDone?: (answer: z.output<E['reply']>) => void;
  readonly button?: ButtonProps;
  readonly children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const act = useAct(endpoint);
  return (
    <>
      <Button block {...button} onClick={() => setOpen(true)}>
        {title}
      </Button>
      {open && (
        <FormDialog open title={title} width={600} onClose={() => setOpen(false)}>
          {says !== undefined && <p className="jy-secondary">{says}</p>}
          <RecordForm
            validateWith={endpoint.body as z.ZodObject}
            initial={initial as never}
            extra={extra as never}
            columns={1}
            submitWords={sure ?? title}
            draftKey={draftKey}
            onCancel={() => setOpen(false)}
            submit={async (body) => {
              const answer = await act.mutateAsync({ params: { id }, body } as never);
              setOpen(false);
              onDone?.(answer);
            }}
          >
            {children}
          </RecordForm>
        </FormDialog>
      )}
    </>
  );
}

/** The field in which a case is counted, since when, and its change from a day on. */
import { changeServiceField } from '@jieyou/core/cases/endpoints.ts';
import { fieldChangeSays, serviceDomainLabels, serviceDomainOptions } from '@jieyou/core/texts/contactsLabels.ts';
import { Select } from 'antd';
import { ActForm } from '../house/ActForm.tsx';
import { formatDay, shortInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Field } from '../house/RecordForm.tsx';
import type { CaseFileData } from './queries.ts';

/** What holds now, each change with its day and who made it, and the button to change it. */
export function FieldOfService({ file, mayWrite }: { readonly file: CaseFileData; readonly mayWrite: boolean }) {
  // Not before the opening, nor before the change that holds.
  const from = file.fieldChanges.at(-1)?.fromDay ?? file.openedOn;
  const others = serviceDomainOptions.map((group) => ({ ...group, options: group.options.filter((o) => o.value !== file.serviceDomain) }));
  return (
    <div className="wide">
      <dt>服务领域</dt>
      <dd>
        {serviceDomainLabels[file.serviceDomain]}
        {mayWrite ? (
          <ActForm
            endpoint={changeServiceField}
            id={file.id}
            extra={{ version: file.version }}
            initial={{ fromDay: today() }}
            title="改服务领域"
            says="从生效那一天起的服务改计入新的领域，以前的不变；台账随之更正。"
            sure="保存"
            button={{ type: 'link', size: 'small', block: false }}
          >
            <Field name="field" label="改为">
              <Select options={others} placeholder="请选择" />
            </Field>
            <Field name="fromDay" label="从哪天起" hint={`${formatDay(from)}到今天`}>
              <DayInput notBefore={from} notAfter={today()} />
            </Field>
          </ActForm>
        ) : null}
        {file.fieldChanges.length === 0 ? null : (
          <ol className="rd-plain" aria-label="服务领域的改动">
            {file.fieldChanges.toReversed().map((c) => (
              <li key={c.id} className="jy-secondary">
                {fieldChangeSays(c)}（{c.changedByName}，{shortInstant(c.changedAt)}改）
              </li>
            ))}
          </ol>
        )}
      </dd>
    </div>
  );
}

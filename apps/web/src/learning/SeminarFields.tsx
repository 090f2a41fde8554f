import type { AgendaPoint } from '@jieyou/core/learning/schema.ts';
import { Form, Input } from 'antd';
import { DayInput } from '../house/inputs.tsx';
import { Field } from '../house/RecordForm.tsx';
import { CasesPicker, PeoplePicker } from './pickers.tsx';
import { RowsEditor } from './RowsEditor.tsx';

function AgendaSum() {
  const agenda = (Form.useWatch('agenda', { preserve: true }) ?? []) as Partial<AgendaPoint>[];
  return <span>{`合计 ${agenda.reduce((n, p) => n + (p.minutes ?? 0), 0)} 分钟。`}</span>;
}

type Known = readonly { readonly id: string; readonly label: string }[];

/** The plan of a seminar. */
export function SeminarFields({ people = [], cases = [] }: { readonly people?: Known; readonly cases?: Known }) {
  return (
    <>
      <Field name="topic" label="本次题目" wide>
        <Input maxLength={120} />
      </Field>
      <Field name="heldOn" label="日期">
        <DayInput />
      </Field>
      <Field name="startsAt" label="时刻">
        <Input type="time" />
      </Field>
      <Field name="place" label="地点" wide>
        <Input maxLength={120} />
      </Field>
      <Field name="memberIds" label="请谁参加" hint="会收到站内消息。" wide>
        <PeoplePicker known={people} />
      </Field>
      <Field name="guests" label="其他参加的人" wide>
        <Input maxLength={400} />
      </Field>
      <Field name="agenda" label="议程" hint={<AgendaSum />} wide>
        <RowsEditor<AgendaPoint>
          name="议程"
          layout="ln-agenda"
          fresh={{ title: '', minutes: 30, leader: '' }}
          columns={[
            { key: 'title', says: '议程', placeholder: '谈什么', kind: 'words', maxLength: 80 },
            { key: 'minutes', says: '分钟', kind: 'number', min: 1, max: 480, suffix: '分钟' },
            { key: 'leader', says: '主讲', placeholder: '谁主讲', kind: 'words', maxLength: 40 },
          ]}
        />
      </Field>
      <Field name="entryIds" label="研讨哪些案例" hint="只能选已发布的案例；案例收回后，这里自动去掉。" wide>
        <CasesPicker known={cases} />
      </Field>
    </>
  );
}

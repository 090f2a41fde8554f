import {
  askForTime,
  cancelConference,
  chooseSlot,
  moveConference,
  readConferenceCalendar,
  readPoll,
} from '@jieyou/core/support/meetingEndpoints.ts';
import { pollStatusLabels, slotAnswerLabels } from '@jieyou/core/texts/meetingLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { type Answer, fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { meetingInstant, shortInstant } from '../house/format.ts';
import { ChoiceBoxes, InstantInput } from '../house/inputs.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useRowKeys } from '../house/rowKeys.ts';
import '../house/reading.css';
import './meeting.css';

type Planned = { readonly id: string; readonly plannedAt: string; readonly place: string; readonly version: number };
type PollData = NonNullable<Answer<typeof readPoll>['poll']>;
type People = Answer<typeof readPoll>['people'];

const PARTS: Readonly<Record<People[number]['part'], string>> = { expert: '专家', chair: '主持', asker: '求助社工' };

/** Slots, a deadline, and who must be there. */
function AskDialog({
  conference,
  people,
  onClose,
}: {
  readonly conference: Planned;
  readonly people: People;
  readonly onClose: () => void;
}) {
  const ask = useAct(askForTime, onClose);
  const [slots, setSlots] = useState<readonly (string | null)[]>([null, null]);
  const keys = useRowKeys(slots.length);
  const [deadline, setDeadline] = useState<string | null>(null);
  const [required, setRequired] = useState<readonly string[]>(() => people.filter((p) => p.part !== 'asker').map((p) => p.personId));
  const [gaps, setGaps] = useState<{ readonly slots?: string; readonly deadline?: string }>({});
  const send = () => {
    const checked = askForTime.body.safeParse({ slots: slots.filter((s) => s !== null), deadline: deadline ?? '', requiredIds: required });
    const wrong = (field: string) => checked.error?.issues.find((i) => i.path[0] === field)?.message;
    const slotsGap = wrong('slots');
    setGaps({
      ...(slotsGap === undefined ? {} : { slots: slotsGap }),
      ...(deadline === null ? { deadline: '请选择答复截止' } : {}),
    });
    if (checked.success) ask.mutate({ params: { id: conference.id }, body: checked.data });
  };
  const gap = (says: string | undefined) =>
    says === undefined ? null : (
      <div className="rd-error" role="alert">
        {says}
      </div>
    );
  return (
    <FormDialog open title="征集会诊时间" onClose={onClose} width={560}>
      <p className="rd-says">给出 2 至 6 个时段，受邀专家、主持人和求助社工各点一下；到截止时间自动结束。</p>
      <div className="mt-slots">
        {slots.map((slot, i) => (
          <div key={keys.of(i)} className="mt-slots-row">
            <span aria-hidden="true">时段 {i + 1}</span>
            <InstantInput
              aria-label={`时段 ${i + 1}`}
              value={slot}
              onChange={(next) => {
                setGaps({});
                setSlots((all) => all.map((s, at) => (at === i ? (next ?? null) : s)));
              }}
            />
            {slots.length > 2 ? (
              <Button
                type="text"
                size="small"
                aria-label={`删去时段 ${i + 1}`}
                onClick={() => {
                  keys.remove(i);
                  setSlots((all) => all.filter((_, at) => at !== i));
                }}
              >
                删去
              </Button>
            ) : null}
          </div>
        ))}
        {gap(gaps.slots)}
        {slots.length < 6 ? (
          <div>
            <Button onClick={() => setSlots((all) => [...all, null])}>再加一个时段</Button>
          </div>
        ) : null}
        <div className="mt-slots-row">
          <span aria-hidden="true">答复截止</span>
          <InstantInput
            aria-label="答复截止"
            value={deadline}
            onChange={(next) => {
              setGaps({});
              setDeadline(next ?? null);
            }}
          />
        </div>
        {gap(gaps.deadline)}
        <div>
          <span id="mt-required">必到的人</span>
          <p className="rd-quiet">排时段时先看他们能不能来。没有勾选的人也会收到征集。</p>
          <ChoiceBoxes
            aria-labelledby="mt-required"
            value={required}
            onChange={setRequired}
            options={people.map((p) => ({ value: p.personId, label: `${p.name}（${PARTS[p.part]}）` }))}
          />
        </div>
      </div>
      <RefusalNotice error={ask.error} />
      <div className="rd-bar">
        <Button type="primary" loading={ask.isPending} onClick={send}>
          发出征集
        </Button>
        <Button onClick={onClose}>先不征集</Button>
      </div>
    </FormDialog>
  );
}

/** Counts by slot, the best first with its reasons; choosing one plans the conference. */
function PollTable({ poll }: { readonly poll: PollData }) {
  const choose = useAct(chooseSlot);
  const open = poll.status === 'open' || poll.status === 'closed';
  return (
    <section className="rd-passage">
      <h2>
        时间征集　{pollStatusLabels[poll.status]}
        <span className="rd-quiet">
          {poll.status === 'chosen' ? `　选定 ${meetingInstant(poll.chosen)}` : `　${shortInstant(poll.deadline)} 截止`}
        </span>
      </h2>
      <div className="rd-scroll">
        <table className="rd-table">
          <thead>
            <tr>
              <th scope="col">时段</th>
              <th scope="col">可以</th>
              <th scope="col">勉强</th>
              <th scope="col">不行</th>
              <th scope="col">未答</th>
              <th scope="col">理由</th>
              {open ? <th scope="col">操作</th> : null}
            </tr>
          </thead>
          <tbody>
            {poll.slots.map((s, i) => (
              <tr key={s.at}>
                <td className={i === 0 && open ? 'mt-best' : undefined}>
                  {meetingInstant(s.at)}
                  {i === 0 && open ? '（最合适）' : ''}
                </td>
                <td>{s.yes}</td>
                <td>{s.ifNeedBe}</td>
                <td>{s.no}</td>
                <td>{s.silent}</td>
                <td>{s.reasons.slice(0, -1).join('；')}</td>
                {open ? (
                  <td>
                    <ConfirmButton
                      danger={false}
                      size="small"
                      type={i === 0 ? 'primary' : 'default'}
                      ask={`会诊定在 ${meetingInstant(s.at)}？`}
                      says="选定后通知参加的人，并寄出日历文件。"
                      sure="选定"
                      onSure={() => choose.mutateAsync({ params: { id: poll.id }, body: { version: poll.version, slot: s.at } })}
                    >
                      选定
                    </ConfirmButton>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details className="rd-more">
        <summary>看每个人的答复</summary>
        <ul className="rd-plain">
          {poll.voters.map((v) => (
            <li key={v.personId}>
              {v.name}
              {v.required ? '（必到）' : ''}：
              {v.answers === null ? '还没有答复' : v.answers.map((a) => `${meetingInstant(a.at)} ${slotAnswerLabels[a.answer]}`).join('，')}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

/** When and where a conference is to be: asking, choosing, moving, cancelling, taking it into one's calendar. */
export function MeetingTime({ conference }: { readonly conference: Planned }) {
  const found = useQuery(queryOf(readPoll, { params: { id: conference.id } }));
  const move = useAct(moveConference);
  const cancel = useAct(cancelConference);
  const [dialog, setDialog] = useState<'ask' | 'move' | 'cancel' | null>(null);
  const close = () => setDialog(null);
  const poll = found.data?.poll ?? null;
  return (
    <>
      <div className="rd-bar">
        <Button {...(poll === null ? { type: 'primary' as const } : {})} onClick={() => setDialog('ask')}>
          {poll === null ? '征集时间' : '重新征集'}
        </Button>
        <Button onClick={() => setDialog('move')}>改期或换地点</Button>
        <Button href={fileUrl(readConferenceCalendar, { params: { id: conference.id } })} download="huizhen.ics">
          下载日历文件
        </Button>
        <Button danger type="text" onClick={() => setDialog('cancel')}>
          取消会诊
        </Button>
      </div>
      {found.isError ? <RefusalNotice error={found.error} /> : null}
      {poll === null ? null : <PollTable poll={poll} />}
      {dialog === 'ask' && found.data !== undefined ? (
        <AskDialog conference={conference} people={found.data.people} onClose={close} />
      ) : null}
      <FormDialog open={dialog === 'move'} title="会诊改期" onClose={close} width={560}>
        <p className="rd-says">改后通知参加的人；日历里的同一条会随之更新。</p>
        <RecordForm
          columns={1}
          validateWith={moveConference.body.omit({ version: true })}
          initial={{ plannedAt: conference.plannedAt, place: conference.place }}
          final
          submitWords="改期"
          onCancel={close}
          submit={async (body) => {
            await move.mutateAsync({ params: { id: conference.id }, body: { ...body, version: conference.version } });
            close();
          }}
        >
          <Field name="plannedAt" label="时间">
            <InstantInput />
          </Field>
          <Field name="place" label="地点或会议链接" hint="会写进邮件，请勿写案情">
            <Input maxLength={80} />
          </Field>
        </RecordForm>
      </FormDialog>
      <FormDialog open={dialog === 'cancel'} title="取消会诊" onClose={close} width={560}>
        <p className="rd-says">取消后通知参加的人，日历里的同一条随之取消。理由只在平台里看得到。</p>
        <RecordForm
          columns={1}
          validateWith={cancelConference.body.omit({ version: true })}
          final
          submitWords="取消会诊"
          onCancel={close}
          submit={async (body) => {
            await cancel.mutateAsync({ params: { id: conference.id }, body: { ...body, version: conference.version } });
            close();
          }}
        >
          <Field name="reason" label="取消的原因">
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={400} />
          </Field>
        </RecordForm>
      </FormDialog>
    </>
  );
}

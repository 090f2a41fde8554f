import type { PersonalField } from '@jieyou/core/cases/schema.ts';
import { caseStageLabels, noteKindLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { caseAbout } from '@jieyou/core/texts/contactsLabels.ts';
import { genderLabels, helpFieldLabels, NOT_SAID, personalFieldLabels } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Popup, Skeleton } from 'antd-mobile';
import { useRef, useState } from 'react';
import { ApiError } from '../../house/client.ts';
import { shortDay } from '../../house/format.ts';
import { useNamed } from '../../house/named.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { PhonePhoto } from '../../house/PhonePhoto.tsx';
import { pocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { SearchWithin } from '../../house/SearchWithin.tsx';
import { RiskTag, StatusTag } from '../../house/StatusTag.tsx';
import { UnsafeContact } from '../../house/UnsafeContact.tsx';
import { WordsLeft } from '../../house/WordsLeft.tsx';
import { NotePartsShown } from '../NoteParts.tsx';
import { askForHelp, type CaseFileData, liveRequestOf, unmask, useCase, useOneNote } from '../queries.ts';
import { PhoneCarriedCase } from './PhoneCarriedCase.tsx';
import { PhoneCoWorkers } from './PhoneCoWorkers.tsx';
import { PhoneQuickNote } from './PhoneQuickNote.tsx';
import { PhoneStage, useStages } from './PhoneStage.tsx';

function PersonalRow({
  file,
  field,
  mayOpen,
  onOpen,
}: {
  file: CaseFileData;
  field: PersonalField;
  mayOpen: boolean;
  onOpen: (field: PersonalField) => void;
}) {
  const value = file.recipient[field];
  return (
    <div className="rd-answer">
      <span>
        <span className="rd-quiet">{personalFieldLabels[field]}　</span>
        {value ?? '没有填写'}
      </span>
      {value !== null && mayOpen ? (
        <Button
          className="ph-small"
          fill="none"
          color="primary"
          onClick={() => onOpen(field)}
          aria-label={`查看${personalFieldLabels[field]}`}
        >
          查看
        </Button>
      ) : null}
    </div>
  );
}

const RECENT = 5;

/** The newest notes; the one that the address names stands among them, and before them when it is older. */
function RecentNotes({ file }: { readonly file: CaseFileData }) {
  const recent = file.notes.slice(0, RECENT);
  const { at } = useNamed(false);
  const there = recent.some((n) => n.id === at);
  const named = useOneNote(file.id, there ? undefined : at).data;
  const notes = there || named === undefined ? recent : [named, ...recent];
  const { mark } = useNamed(notes.some((n) => n.id === at));
  if (notes.length === 0) return <p className="rd-quiet">还没有记录。</p>;
  return (
    <ol className="rd-plain rd-notes">
      {notes.map((n) => (
        <li key={n.id} {...mark(n.id)}>
          <div className="rd-quiet">
            {shortDay(n.happenedOn)}　{noteKindLabels[n.kind]}
            {n.minutes === null ? '' : ` ${n.minutes} 分钟`}　{n.authorName}
          </div>
          <p>{n.body}</p>
          <NotePartsShown note={n} />
        </li>
      ))}
    </ol>
  );
}

/** One case on the phone: the person, a quick note, and help within reach of the thumb. */
export default function PhoneCasePage() {
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const query = useCase(id);
  const stages = useStages(id);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [field, setField] = useState<PersonalField | null>(null);
  const [reason, setReason] = useState('');
  const [opened, setOpened] = useState<string | null>(null);
  const [openError, setOpenError] = useState<unknown>(null);
  // Asked for again in vain, the page stays as it is with all that stands in it.
  const cut = useRef(false);
  // Its cards come together; once they stand, they stay.
  const stood = useRef(false);
  if (query.error !== null) cut.current = true;
  const file = query.data;
  const still = stages.data === undefined && stages.error === null;
  if (file === undefined || (still && !stood.current)) {
    const carried = cut.current ? (pocket()?.caseOf(id) ?? null) : null;
    if (carried !== null) return <PhoneCarriedCase carried={carried} />;
    return (
      <PhonePage title="个案">
        {query.error === null ? (
          <Skeleton.Paragraph lineCount={8} animated />
        ) : (
          <>
            <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />
            <WordsLeft names={[`note.${id}`, `ask.${id}`]} />
          </>
        )}
      </PhonePage>
    );
  }
  stood.current = true;
  const live = liveRequestOf(file);
  const mayWrite = file.can.includes('note');
  const mayOpen = file.can.includes('unmask');
  const ask = async () => {
    if (live !== undefined) {
      void (live.status === 'draft'
        ? navigate({ to: '/requests/$id/edit', params: { id: live.id } })
        : navigate({ to: '/requests/$id', params: { id: live.id } }));
      return;
    }
    setAsking(true);
    setError(null);
    try {
      const made = await askForHelp(id);
      void navigate({ to: '/requests/$id/edit', params: { id: made } });
    } catch (failed) {
      setError(failed);
      const known = failed instanceof ApiError ? failed.facts['requestId'] : undefined;
      if (typeof known === 'string') void navigate({ to: '/requests/$id', params: { id: known } });
    } finally {
      setAsking(false);
    }
  };
  const close = () => {
    setField(null);
    setReason('');
    setOpened(null);
    setOpenError(null);
  };
  const show = async () => {
    if (field === null) return;
    setOpenError(null);
    try {
      setOpened((await unmask(id, field)(reason.trim())) ?? '没有填写');
    } catch (failed) {
      setOpenError(failed);
    }
  };
  const mayAsk = live !== undefined || file.can.includes('ask-for-help');
  return (
    <PhonePage
      title={`${file.recipient.name}（${genderLabels[file.recipient.gender]}${file.recipient.age === null ? '' : `，${file.recipient.age}岁`}）`}
      foot={
        mayAsk ? (
          <>
            <RefusalNotice error={error} />
            <Button block color="primary" className="ph-help" loading={asking} onClick={() => void ask()}>
              {live === undefined ? '求助' : live.status === 'draft' ? '继续填写求助' : '查看进行中的求助'}
            </Button>
          </>
        ) : null
      }
    >
      <PhoneCard>
        <div className="ph-row">
          <strong>{caseAbout(file)}</strong>
          <StatusTag tone={file.status === 'open' ? 'moving' : 'done'}>{caseStageLabels[file.stage]}</StatusTag>
        </div>
        <div className="ph-row">
          <span className="rd-quiet">{file.number}</span>
          <RiskTag risk={file.risk} />
        </div>
        <UnsafeContact contact={file.recipient.contact} />
        <PersonalRow file={file} field="phone" mayOpen={mayOpen} onOpen={setField} />
        <PersonalRow file={file} field="address" mayOpen={mayOpen} onOpen={setField} />
        <PersonalRow file={file} field="name" mayOpen={mayOpen} onOpen={setField} />
      </PhoneCard>
      <PhoneStage id={id} />
      {mayWrite ? (
        <div className="ph-pair">
          <Link to="/visits/$id/record" params={{ id: 'new' }} search={{ case: id } as never} className="ph-button ph-quiet">
            记录探访
          </Link>
          <Link to="/visits/plan" search={{ case: id } as never} className="ph-button ph-quiet">
            安排探访
          </Link>
          <Link to="/forms/new" search={{ case: id } as never} className="ph-button ph-quiet">
            填表
          </Link>
        </div>
      ) : null}
      {mayWrite ? <PhoneQuickNote caseId={id} /> : <WordsLeft names={[`note.${id}`]} />}
      {mayWrite ? <PhonePhoto caseId={id} /> : null}
      {mayWrite ? (
        <Link to="/alarms/new" search={{ case: id } as never} className="ph-button ph-danger">
          登记危机或家暴
        </Link>
      ) : null}
      <PhoneCard title="情况">
        <p className="rd-wrap">{file.summary}</p>
        {file.household === '' ? null : <p className="rd-wrap">家庭：{file.household}</p>}
        <p className="rd-quiet">所需专业：{file.helpFields.map((f) => helpFieldLabels[f]).join('、') || NOT_SAID}</p>
      </PhoneCard>
      <PhoneCard title="最近的记录">
        <SearchWithin caseId={id} />
        <RecentNotes file={file} />
      </PhoneCard>
      <PhoneCoWorkers file={file} />
      <p className="ph-more">
        <a href={`/cases/${id}`}>同意、附件与修改资料</a>
        {'　'}
        <a href={`/alarms?caseId=${id}`}>危机与家暴</a>　<a href={`/recipients/${file.recipient.id}`}>此人的档案</a>
      </p>
      <Popup visible={field !== null} onMaskClick={close} onClose={close}>
        <div className="ph-popup">
          <h2>查看{field === null ? '' : personalFieldLabels[field]}</h2>
          {opened !== null ? (
            <>
              <p className="rd-receipt">{field === 'phone' ? <a href={`tel:${opened}`}>{opened}</a> : opened}</p>
              <Button block onClick={close}>
                隐藏
              </Button>
            </>
          ) : (
            <>
              <p className="rd-quiet">查看会留下记录：您的姓名、时间和理由。</p>
              <label htmlFor="reason">理由</label>
              <input
                id="reason"
                className="ph-input"
                maxLength={120}
                value={reason}
                onChange={(e) => setReason(e.target.value)}
                placeholder="如：联系家访时间"
              />
              <RefusalNotice error={openError} />
              <Button block color="primary" disabled={reason.trim().length < 2} onClick={() => void show()}>
                查看
              </Button>
              <Button block fill="none" onClick={close}>
                不看了
              </Button>
            </>
          )}
        </div>
      </Popup>
    </PhonePage>
  );
}

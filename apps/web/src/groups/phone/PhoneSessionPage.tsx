import { readSession } from '@jieyou/core/groups/endpoints.ts';
import type { GroupSession } from '@jieyou/core/groups/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd-mobile';
import { useState } from 'react';
import { queryOf } from '../../house/ask.ts';
import { formatDay, shortInstant } from '../../house/format.ts';
import { useKept } from '../../house/kept.ts';
import { LetGo } from '../../house/LetGo.tsx';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { PhonePhotos } from '../../house/PhonePhotos.tsx';
import { usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { SessionSides } from '../../house/SessionSides.tsx';
import { type SessionDraft, sessionBegun, sessionFacts } from '../../house/sessionDraft.ts';
import { WordsLeft } from '../../house/WordsLeft.tsx';
import { SessionForm } from './SessionForm.tsx';

/** One session of a group on the phone: recorded where it is held, with or without network; read afterwards. */
export default function PhoneSessionPage() {
  const { id = '', sessionId = '' } = useParams({ strict: false }) as { id?: string; sessionId?: string };
  const found = useQuery(queryOf(readSession, { params: { id, sessionId } }));
  const { waiting, declined } = usePocket();
  const s = found.data;
  if (s === undefined)
    return (
      <PhonePage title="小组">
        {found.error === null ? (
          <Skeleton.Paragraph lineCount={8} animated />
        ) : (
          <>
            <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
            <WordsLeft names={[`session.${id}.${sessionId}`]} />
          </>
        )}
      </PhonePage>
    );
  return (
    <PhonePage title={`第 ${s.number} 节　${s.title}`}>
      <PhoneCard title={s.groupTitle}>
        <p>
          {formatDay(s.heldOn ?? s.plannedOn)}　{s.place}
        </p>
        {s.aim === '' ? null : <p className="rd-wrap">目标：{s.aim}</p>}
      </PhoneCard>
      {waiting.has(s.id) ? (
        <p role="status">这一节已记在这台手机里，接通网络后自动送出。要改，请等送出以后。</p>
      ) : declined.has(s.id) ? (
        <PhoneCard title="没有被接收">
          <p>这一节写的没有被接收，还在这台手机里。</p>
          <Link to="/pocket" className="ph-button">
            看看为什么
          </Link>
        </PhoneCard>
      ) : (
        <Session s={s} />
      )}
      <PhonePhotos kind="session" id={s.id} />
    </PhonePage>
  );
}

const NOTHING: SessionDraft | null = null;

function Session({ s }: { readonly s: GroupSession }) {
  const navigate = useNavigate();
  const draft = useKept<SessionDraft | null>(`session.${s.groupId}.${s.id}`, NOTHING);
  const [correcting, setCorrecting] = useState(false);
  const mine = draft.value;
  // Begun upon another state of the session: nothing is written over it before somebody looked at both.
  if (mine !== null && mine.base !== s.version)
    return (
      <>
        <p role="alert">您开始写以后，这一节在别处改过。</p>
        <SessionSides mine={mine} s={s} chosen={draft.set} />
        <LetGo words="丢弃我写的" says="丢弃后，您写的不能恢复；平台上现在的不变。" onLetGo={draft.clear} />
      </>
    );
  if ((s.status === 'planned' && s.can.includes('hold')) || (s.can.includes('correct') && (correcting || mine !== null)))
    return (
      <SessionForm
        s={s}
        value={mine ?? sessionBegun(s)}
        change={draft.set}
        kept={draft.says}
        done={(saved) => {
          draft.clear();
          setCorrecting(false);
          void navigate({ to: '/groups', search: { saved } as never, replace: true });
        }}
      />
    );
  return (
    <>
      <Told s={s} correct={s.can.includes('correct') ? () => setCorrecting(true) : null} />
      <WordsLeft names={[`session.${s.groupId}.${s.id}`]} />
    </>
  );
}

/** What was recorded, and who may still change it. */
function Told({ s, correct }: { readonly s: GroupSession; readonly correct: (() => void) | null }) {
  if (s.status === 'cancelled')
    return (
      <PhoneCard title="已取消">
        <p className="rd-wrap">{s.cancelSays}</p>
      </PhoneCard>
    );
  if (s.status === 'planned') return <p className="rd-quiet">还没有记录。由牵头和协助的社工记录。</p>;
  return (
    <>
      <PhoneCard title="记录">
        <p className="rd-quiet">
          {s.recordedByName}
          {s.recordedAt === null ? '' : `，${shortInstant(s.recordedAt)}`}
        </p>
        <dl className="gs-told">
          {sessionFacts(sessionBegun(s), s.attendance)
            .filter((f) => f.text !== '' && f.key !== 'heldOn')
            .map((f) => (
              <div key={f.key}>
                <dt>{f.label}</dt>
                <dd className="rd-wrap">{f.text}</dd>
              </div>
            ))}
        </dl>
      </PhoneCard>
      {correct === null ? null : (
        <button type="button" className="ph-button ph-quiet" onClick={correct}>
          更正记录
        </button>
      )}
      <p className="ph-more">
        <a href={`/groups/${s.groupId}/sessions/${s.id}`}>志愿者时长、表单与打印</a>
      </p>
    </>
  );
}

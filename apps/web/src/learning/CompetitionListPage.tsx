import { exportCompetitions, listCompetitions } from '@jieyou/core/learning/endpoints.ts';
import { readCaseBook } from '@jieyou/core/learning/outputEndpoints.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { competitionStatusLabels } from '@jieyou/core/texts/learningLabels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { fileUrl } from '../house/client.ts';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { competitionTones } from './words.ts';

/** Competitions of the district, and the book of what won in them. */
export default function CompetitionListPage() {
  const navigate = useNavigate();
  const runs = useCan('centre');
  return (
    <Page
      title="案例评优"
      says="从已脱敏的个案里评出优秀案例。评委只看匿名文本，先评分，后见平均。"
      actions={
        <>
          <Button href={fileUrl(readCaseBook, { query: { format: 'pdf' } })} target="_blank" rel="noreferrer">
            优秀案例汇编
          </Button>
          {runs ? (
            <Button type="primary" onClick={() => void navigate({ to: '/competitions/new' })}>
              发起评优
            </Button>
          ) : null}
        </>
      }
    >
      <RecordTable
        endpoint={listCompetitions}
        exportWith={exportCompetitions}
        onOpen={(r) => void navigate({ to: '/competitions/$id', params: { id: r.id } })}
        filters={[{ key: 'status', label: '进展', kind: 'multi', options: optionsOf(competitionStatusLabels) }]}
        columns={[
          { key: 'title', title: '名称', render: (r) => r.title },
          {
            key: 'status',
            title: '进展',
            width: 130,
            render: (r) => <StatusTag tone={competitionTones[r.status]}>{competitionStatusLabels[r.status]}</StatusTag>,
          },
          { key: 'opens', title: '申报', width: 220, render: (r) => `${shortDay(r.opensOn)} 至 ${shortDay(r.closesOn)}` },
          { key: 'score', title: '评分截止', width: 120, render: (r) => shortDay(r.scoreBy) },
          { key: 'notice', title: '公示至', width: 120, render: (r) => shortDay(r.noticeUntil) },
          { key: 'entries', title: '我能看到的作品', width: 130, align: 'right', render: (r) => r.entries },
        ]}
        empty={{ title: '还没有评优', hint: '支援中心公布一届评优后，会出现在这里。' }}
      />
    </Page>
  );
}

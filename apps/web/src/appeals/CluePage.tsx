import { addToClue, confirmAccompanied, readClue, withdrawClue } from '@jieyou/core/appeals/endpoints.ts';
import { appealTopicLabels, clueStepLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Input, Popconfirm, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, formatInstant, shortInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { AppealStatusTag } from './AppealStatusTag.tsx';

/** One clue as its teller sees it: how far it has come and what was answered. */
export default function CluePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useQuery(queryOf(readClue, { params: { id } }));
  const back = useAct(withdrawClue);
  const accompanied = useAct(confirmAccompanied);
  const more = useAct(addToClue);
  const message = useMessages();
  const [telling, setTelling] = useState(false);
  const [adding, setAdding] = useState(false);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const clue = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '我报的线索', to: '/clues' }]}
      number={clue.number}
      title={appealTopicLabels[clue.topic]}
      status={<AppealStatusTag status={clue.status} urgent={clue.urgent} />}
      meta={[
        clue.communityName,
        `${clue.stationName}${clue.stationPhone === null ? '' : ` ${clue.stationPhone}`}`,
        clue.dueAt === null ? null : `最晚 ${shortInstant(clue.dueAt)} 答复`,
      ]}
      next={
        <div className="jy-acts">
          {clue.can.includes('accompanied') ? (
            <Button block type="primary" onClick={() => setTelling(true)}>
              确认已陪同入户
            </Button>
          ) : null}
          {clue.can.includes('add') ? (
            <Button block onClick={() => setAdding(true)}>
              补充情况
            </Button>
          ) : null}
          {clue.can.includes('withdraw') ? (
            <Popconfirm
              title="撤回这条线索？"
              description="社工站不再办理；已经接手的社工会收到消息。"
              okText="撤回"
              cancelText="不撤回"
              onConfirm={() => back.mutate({ params: { id }, body: { version: clue.version } })}
            >
              <Button block danger loading={back.isPending}>
                撤回
              </Button>
            </Popconfirm>
          ) : null}
          {clue.can.length === 0 ? <p className="rd-says">由社工站办理，有答复会发消息给您。</p> : null}
          <RefusalNotice error={back.error} />
        </div>
      }
    >
      <Card title="我报的内容">
        <Facts
          rows={[
            ['称呼', clue.name],
            ['电话', clue.phone],
            ['报送', formatInstant(clue.askedAt)],
            ['陪同入户', clue.accompaniedOn === null ? null : formatDay(clue.accompaniedOn)],
          ]}
        />
        <p className="jy-long rd-gap">{clue.says}</p>
      </Card>
      <Card title="走到哪一步">
        <ol className="rd-plain">
          {clue.steps.map((s) => (
            <li key={`${s.at}${s.kind}`}>
              <strong>{clueStepLabels[s.kind]}</strong>
              <span className="rd-quiet">{`　${shortInstant(s.at)}`}</span>
              {s.says === null ? null : <p className="jy-long">{s.says}</p>}
            </li>
          ))}
        </ol>
      </Card>
      {adding ? (
        <FormDialog open title="补充情况" width={460} onClose={() => setAdding(false)}>
          <RecordForm
            validateWith={addToClue.body.pick({ says: true })}
            submitWords="补充"
            final
            draftKey={`clue-addition.${id}`}
            onCancel={() => setAdding(false)}
            submit={async ({ says }) => {
              await more.mutateAsync({ params: { id }, body: { says, version: clue.version } });
              void message.success('已补充');
              setAdding(false);
            }}
          >
            <Field name="says" label="后来知道的" hint="原来报的不改，补充的写在后面；办理的社工会收到消息。" wide>
              <Input.TextArea rows={4} maxLength={1000} />
            </Field>
          </RecordForm>
        </FormDialog>
      ) : null}
      {telling ? (
        <FormDialog open title="确认已陪同入户" width={460} onClose={() => setTelling(false)}>
          <RecordForm
            validateWith={confirmAccompanied.body.pick({ on: true })}
            initial={{ on: today() }}
            submitWords="确认"
            final
            onCancel={() => setTelling(false)}
            submit={async ({ on }) => {
              await accompanied.mutateAsync({ params: { id }, body: { on, version: clue.version } });
              void message.success('已确认');
              setTelling(false);
            }}
          >
            <Field name="on" label="哪一天" wide>
              <DayInput />
            </Field>
          </RecordForm>
        </FormDialog>
      ) : null}
    </RecordPage>
  );
}

import { listClues, tellClue } from '@jieyou/core/appeals/endpoints.ts';
import { ClueDraft } from '@jieyou/core/appeals/schema.ts';
import { appealTopicLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Checkbox, Input, Radio, Select, Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

/** A community's officer tells the station about somebody who may need a social worker. */
export default function ClueFormPage() {
  const navigate = useNavigate();
  const tell = useAct(tellClue);
  const message = useMessages();
  const found = useQuery(queryOf(listClues, { query: { limit: 1 } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const communities = found.data.communities.map((c) => ({ value: c.id, label: c.name }));
  return (
    <Page
      title="报一条线索"
      crumbs={[{ title: '我报的线索', to: '/clues' }]}
      says="只写看到的和听到的；不用判断，社工会去了解。有人正处在危险中，先打 110。"
    >
      <Card title="线索">
        <RecordForm
          validateWith={ClueDraft}
          draftKey="clue"
          initial={{
            danger: false,
            knows: false,
            goesAlong: true,
            ...(communities[0] !== undefined && communities.length === 1 ? { communityId: communities[0].value } : {}),
          }}
          submitWords="报给社工站"
          final
          onCancel={() => void navigate({ to: '/clues' as never })}
          submit={async (body) => {
            const made = await tell.mutateAsync({ body });
            void message.success(`已报给社工站，编号 ${made.number}`);
            void navigate({ to: `/clues/${made.id}` });
          }}
        >
          <Field name="communityId" label="社区（村）">
            <Select options={communities} />
          </Field>
          <Field name="topic" label="什么事">
            <Select options={optionsOf(appealTopicLabels)} />
          </Field>
          <Field name="says" label="看到、听到了什么" wide>
            <Input.TextArea
              autoSize={{ minRows: 4, maxRows: 12 }}
              maxLength={2000}
              placeholder="例如：独居，半个月没见出门，邻居说常听见哭"
            />
          </Field>
          <Field name="danger" label="急不急" wide>
            <Radio.Group
              options={[
                { value: false, label: '一般：按工作日答复' },
                { value: true, label: '有人正处在危险中：马上通知支援中心值班人员' },
              ]}
            />
          </Field>
          <Field name="name" label="称呼（可不填）">
            <Input maxLength={20} />
          </Field>
          <Field name="phone" label="电话（可不填）">
            <Input maxLength={20} inputMode="tel" />
          </Field>
          <Field name="whereabouts" label="住在哪里（可不填）" hint="加密保存，只有办理的社工看得到。" wide>
            <Input maxLength={80} />
          </Field>
          <Field name="knows" label="本人" valueProp="checked" wide>
            <Checkbox>本人知道已经报给社工站</Checkbox>
          </Field>
          <Field name="goesAlong" label="陪同" valueProp="checked" wide>
            <Checkbox>首次入户时，我可以陪同社工上门</Checkbox>
          </Field>
        </RecordForm>
      </Card>
    </Page>
  );
}

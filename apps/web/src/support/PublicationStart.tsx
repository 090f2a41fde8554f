import { draftPublication } from '@jieyou/core/casebank/endpoints.ts';
import { caseDomainLabels } from '@jieyou/core/texts/labels.ts';
import { Input } from 'antd';
import { call } from '../house/client.ts';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { WordsInput } from '../house/several.tsx';
import type { RequestFileData } from './queries.ts';

/** Begins an anonymised case from a request that is over; the platform looks for personal data before anybody reads the draft. */
export function PublicationStart({
  file,
  onDone,
  onCancel,
}: {
  file: RequestFileData;
  onDone: (draftId: string) => void;
  onCancel: () => void;
}) {
  return (
    <>
      <p className="rd-says">需要服务对象对发布的有效同意。平台会先查找并替换个人信息，由您逐处确认，再由另一位同事审核发布。</p>
      <RecordForm
        validateWith={draftPublication.body}
        columns={1}
        initial={{ title: `${file.domain === null ? '一次' : caseDomainLabels[file.domain]}的支援`, pseudonym: '小安', methods: [] }}
        extra={{ requestId: file.id }}
        submitWords="生成草稿"
        draftKey={`publication.${file.id}`}
        onCancel={onCancel}
        submit={async (body) => {
          const written = await call(draftPublication, { body });
          onDone(written.id);
        }}
      >
        <Field name="title" label="标题" hint="不写姓名、小区、学校">
          <Input maxLength={60} />
        </Field>
        <Field name="pseudonym" label="化名" hint="文中用它代替服务对象的姓名">
          <Input maxLength={10} />
        </Field>
        <Field name="methods" label="工作方法" hint="写完一种按回车，如：家庭会谈、危机干预、资源链接">
          <WordsInput placeholder="至少一种" />
        </Field>
      </RecordForm>
    </>
  );
}

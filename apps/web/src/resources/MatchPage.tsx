import { rankForHousehold } from '@jieyou/core/resources/endpoints.ts';
import { type HelpField, helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { HouseholdForm } from '../house/HouseholdForm.tsx';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { Card, Page } from '../house/Page.tsx';
import { RankedResources } from '../house/RankedResources.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

/** What a household may get, by what is typed here; nothing of it is kept. */
export default function MatchPage() {
  const [fields, setFields] = useState<HelpField[]>([]);
  const rank = useAct(rankForHousehold);
  return (
    <Page
      title="谁能得到什么"
      says="填写家庭情况，看哪些政策与资源符合。填写的内容不会保存；不知道的可以不填。"
      crumbs={[{ title: '政策与资源', to: '/resources' }]}
    >
      <Card title="家庭情况">
        <p id="match-fields">需要哪方面的帮助（不选为全部）</p>
        <ChoiceBoxes aria-labelledby="match-fields" value={fields} onChange={setFields} options={optionsOf(helpFieldLabels)} />
        <div style={{ height: 16 }} />
        <HouseholdForm busy={rank.isPending} onAsk={(facts) => rank.mutate({ body: { facts, helpFields: fields } })} />
      </Card>
      {rank.isError && <RefusalNotice error={rank.error} />}
      {rank.data !== undefined && (
        <Card title="可能用得上的资源">
          <RankedResources ranking={rank.data} />
        </Card>
      )}
    </Page>
  );
}

import { createStation, exportStations, listStations, updateStation } from '@jieyou/core/stations/endpoints.ts';
import { type Station, StationDraft } from '@jieyou/core/stations/schema.ts';
import { buildStageLabels, optionsOf, stationTierLabels } from '@jieyou/core/texts/labels.ts';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { orDash } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Facts, Page } from '../house/Page.tsx';
import { DivisionPicker, OrganisationPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

type Row = z.infer<typeof Station>;

/** The network of stations in its tiers. */
export default function StationListPage() {
  const keeps = useCan('centre', 'system');
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  return (
    <Page
      title="站点"
      actions={
        keeps && (
          <Button type="primary" onClick={() => setOpen('new')}>
            登记站点
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listStations}
        exportWith={exportStations}
        filters={[
          { key: 'text', label: '名称', kind: 'text' },
          { key: 'tier', label: '层级', kind: 'multi', options: optionsOf(stationTierLabels) },
          { key: 'divisionId', label: '所在区划', kind: 'select', picker: (p) => <DivisionPicker {...p} /> },
        ]}
        columns={[
          { key: 'name', title: '名称', render: (r) => r.name },
          { key: 'tier', title: '层级', render: (r) => stationTierLabels[r.tier] },
          { key: 'division', title: '所在区划', render: (r) => r.divisionName },
          { key: 'operator', title: '运营机构', render: (r) => orDash(r.operatorName) },
          { key: 'host', title: '依托场地', render: (r) => orDash(r.host), hidden: true },
          { key: 'phone', title: '电话', render: (r) => orDash(r.phone) },
          { key: 'workers', title: '社工', align: 'right', render: (r) => `${r.workers} 人` },
          {
            key: 'stage',
            title: '建设',
            render: (r) => (
              <StatusTag tone={r.stage === 'standard' ? 'done' : r.stage === 'none' ? 'rest' : 'moving'}>
                {buildStageLabels[r.stage]}
              </StatusTag>
            ),
          },
        ]}
        onOpen={setOpen}
        empty={{ title: '还没有站点', hint: '登记站点后，社工才能建立个案。' }}
      />
      {open !== null && <StationDialog row={open === 'new' ? null : open} keeps={keeps} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function StationDialog({ row, keeps, onClose }: { readonly row: Row | null; readonly keeps: boolean; readonly onClose: () => void }) {
  const create = useAct(createStation);
  const update = useAct(updateStation);
  const message = useMessages();
  return (
    <FormDialog open title={row?.name ?? '登记站点'} onClose={onClose}>
      {!keeps && row !== null ? (
        <Facts
          rows={[
            ['层级', stationTierLabels[row.tier]],
            ['所在区划', row.divisionName],
            ['运营机构', row.operatorName],
            ['依托场地', row.host],
            ['电话', row.phone],
            ['建设', buildStageLabels[row.stage]],
          ]}
        />
      ) : (
        <RecordForm
          validateWith={StationDraft}
          initial={row ?? { tier: 'community-room', stage: 'preparing' }}
          draftKey={`station.${row?.id ?? 'new'}`}
          onCancel={onClose}
          submit={async (body) => {
            if (row === null) await create.mutateAsync({ body });
            else await update.mutateAsync({ params: { id: row.id }, body: { ...body, version: row.version } });
            onClose();
            void message.success('已保存');
          }}
        >
          <Field name="name" label="名称">
            <Input />
          </Field>
          <Field name="tier" label="层级">
            <Select options={optionsOf(stationTierLabels)} />
          </Field>
          <Field name="divisionId" label="所在区划">
            <DivisionPicker knownAs={row?.divisionName} />
          </Field>
          <Field name="operatorId" label="运营机构">
            <OrganisationPicker knownAs={row?.operatorName} />
          </Field>
          <Field name="host" label="依托场地">
            <Input placeholder="如：街道党群服务中心" />
          </Field>
          <Field name="phone" label="电话">
            <Input inputMode="tel" />
          </Field>
          <Field name="stage" label="建设阶段">
            <Select options={optionsOf(buildStageLabels)} />
          </Field>
        </RecordForm>
      )}
    </FormDialog>
  );
}

import { addAlarmEntry } from '@jieyou/core/alarms/endpoints.ts';
import { type Alarm, AlarmEntryDraft } from '@jieyou/core/alarms/schema.ts';
import { listReports } from '@jieyou/core/reports/endpoints.ts';
import {
  alarmEntryLabels,
  applicantKindLabels,
  breachOutcomeLabels,
  dangerSignLabels,
  orderContentLabels,
  orderInWords,
  orderName,
  orderOutcomeLabels,
  orderOverLabels,
  toldWhomLabels,
  wishLabels,
} from '@jieyou/core/texts/alarmLabels.ts';
import { optionsOf, riskLabels } from '@jieyou/core/texts/labels.ts';
import { policeMannerLabels } from '@jieyou/core/texts/reportLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, now, shortInstant, today } from '../house/format.ts';
import { ChoiceBoxes, DayInput, InstantInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RatingFields, ScreeningFields } from './AlarmFormPage.tsx';

/** Kinds that somebody adds. */
export type EntryKind = AlarmEntryDraft['kind'];

const schemaOf = (kind: EntryKind): z.ZodObject =>
  (AlarmEntryDraft.options.find((o) => (o.shape.kind as z.ZodLiteral).value === kind) ??
    AlarmEntryDraft.options[0]) as unknown as z.ZodObject;

const Says = ({ name = 'says', label = '说明（可不填）', rows = 2 }: { name?: string; label?: string; rows?: number }) => (
  <Field name={name} label={label} wide>
    <Input.TextArea autoSize={{ minRows: rows, maxRows: 8 }} maxLength={rows === 2 ? 1000 : 2000} />
  </Field>
);
const Line = ({ name, label, hint }: { name: string; label: string; hint?: string }) => (
  <Field name={name} label={label} {...(hint === undefined ? {} : { hint })}>
    <Input maxLength={80} />
  </Field>
);
const On = ({ name = 'on', label = '哪天' }: { name?: string; label?: string }) => (
  <Field name={name} label={label}>
    <DayInput notAfter={today()} />
  </Field>
);
const At = ({ label = '什么时间' }: { label?: string }) => (
  <Field name="at" label={label}>
    <InstantInput />
  </Field>
);
const Choose = ({ name, label, labels }: { name: string; label: string; labels: Readonly<Record<string, string>> }) => (
  <Field name={name} label={label} wide>
    <Radio.Group options={optionsOf(labels as Record<string, string>)} />
  </Field>
);

function Reports() {
  const found = useQuery(queryOf(listReports, { query: { limit: 50 } }));
  return (
    <Field name="reportId" label="哪一份强制报告" hint="没有的，先从右上“强制报告”报告。谁关联的，不显示给他人" wide>
      <Select
        loading={found.isPending}
        options={found.data?.rows.map((r) => ({ value: r.id, label: `${r.number}　${shortInstant(r.registeredAt)}` })) ?? []}
      />
    </Field>
  );
}

/** The orders about which an entry of this kind may be made. */
const ordersFor = (kind: EntryKind, alarm: Alarm) => alarm.orders.filter((o) => o.can.includes(kind));

/** Which protection order is meant: each has its own clock. */
function WhichOrder({ kind, alarm }: { readonly kind: EntryKind; readonly alarm: Alarm }) {
  return (
    <Field name="orderId" label="哪一份保护令" wide>
      <Select options={ordersFor(kind, alarm).map((o) => ({ value: o.id, label: `${orderName(o.no)}　${orderInWords(o)}` }))} />
    </Field>
  );
}

const fieldsOf = (kind: EntryKind, alarm: Alarm): ReactNode => {
  switch (kind) {
    case 'told':
      return (
        <>
          <At />
          <Line name="name" label="姓名（可不填）" />
          <Choose name="whom" label="告知了谁" labels={toldWhomLabels} />
          <Says />
        </>
      );
    case 'rated':
      return (
        <>
          <ScreeningFields />
          <RatingFields />
        </>
      );
    case 'safety-plan':
      return (
        <>
          <Says name="signs" label="哪些是危险信号" rows={3} />
          <Says name="coping" label="自己能做什么" rows={3} />
          <Says name="people" label="可以找谁、去哪里" rows={3} />
          <Says name="means" label="怎样让环境更安全（药、刀、绳由谁收）" rows={3} />
          <Says name="professionals" label="专业帮助与热线" rows={3} />
        </>
      );
    case 'danger':
      return (
        <>
          <Field name="signs" label="有哪些危险迹象（可以一项都没有）" wide>
            <ChoiceBoxes options={optionsOf(dangerSignLabels)} />
          </Field>
          <Choose name="level" label="我判断的危险程度" labels={riskLabels} />
          <Says />
        </>
      );
    case 'choice':
      return (
        <>
          <Field name="informed" label="已告知" valueProp="checked" wide>
            <Checkbox>已向本人讲清楚有哪些途径、各有什么后果，由本人决定</Checkbox>
          </Field>
          <Field name="wishes" label="本人的选择" wide>
            <ChoiceBoxes options={optionsOf(wishLabels)} />
          </Field>
          <Says label="本人怎么说（可不填）" />
        </>
      );
    case 'police':
      return (
        <>
          <At />
          <Line name="unit" label="受理单位" />
          <Choose name="manner" label="方式" labels={policeMannerLabels} />
          <Line name="receiptNo" label="回执编号（可不填）" />
          <Says />
        </>
      );
    case 'reported':
      return <Reports />;
    case 'warning':
      return (
        <>
          <On name="issuedOn" label="出具日期" />
          <Line name="unit" label="哪个派出所" />
          <Line name="number" label="文号（可不填）" />
          <Says name="prohibitions" label="禁止事项" rows={3} />
        </>
      );
    case 'order-applied':
      return (
        <>
          <At label="申请时间" />
          <Line name="court" label="向哪个法院" />
          <Choose name="by" label="申请人" labels={applicantKindLabels} />
          <Field name="urgent" label="情况" wide>
            <Radio.Group
              options={[
                { value: false, label: '一般：法院 72 小时内裁定' },
                { value: true, label: '紧急：24 小时内' },
              ]}
            />
          </Field>
          <Says />
        </>
      );
    case 'order-decided':
      return (
        <>
          <WhichOrder kind={kind} alarm={alarm} />
          <At label="裁定时间" />
          <Line name="number" label="文号（可不填）" />
          <Choose name="outcome" label="裁定" labels={orderOutcomeLabels} />
          <Field name="contents" label="内容（反家庭暴力法 29）" wide>
            <ChoiceBoxes options={optionsOf(orderContentLabels)} />
          </Field>
          <Field name="validTo" label="有效至" hint={`不超过六个月；今天作出的最晚到 ${formatDay(alarm.orderAtMost)}`}>
            <DayInput />
          </Field>
          <Says />
        </>
      );
    case 'order-extended':
      return (
        <>
          <WhichOrder kind={kind} alarm={alarm} />
          <On label="裁定日期" />
          <Field name="validTo" label="延长至">
            <DayInput />
          </Field>
          <Says />
        </>
      );
    case 'order-over':
      return (
        <>
          <WhichOrder kind={kind} alarm={alarm} />
          <On />
          <Choose name="how" label="原因" labels={orderOverLabels} />
          <Says />
        </>
      );
    case 'breach':
      return (
        <>
          <WhichOrder kind={kind} alarm={alarm} />
          <At />
          <Says name="says" label="发生了什么" rows={3} />
          <Choose name="outcome" label="怎么处理的" labels={breachOutcomeLabels} />
        </>
      );
    case 'shelter':
      return (
        <>
          <On label="入住日期" />
          <Line name="place" label="庇护地点" hint="加密保存，不进任何消息" />
          <Says />
        </>
      );
    case 'reconsidered':
      return (
        <>
          <WhichOrder kind={kind} alarm={alarm} />
          <On />
          <Says />
        </>
      );
    case 'aid-applied':
      return (
        <>
          <On label="申请日期" />
          <Line name="unit" label="法律援助机构" hint="家暴受害人不审查经济困难（法律援助法 32）" />
        </>
      );
    case 'aid-decided':
      return (
        <>
          <On label="决定日期" />
          <Field name="granted" label="决定">
            <Radio.Group
              options={[
                { value: true, label: '给予援助' },
                { value: false, label: '不予援助' },
              ]}
            />
          </Field>
        </>
      );
    case 'aid-assigned':
      return (
        <>
          <On label="指派日期" />
          <Line name="lawyer" label="律师（可不填）" />
        </>
      );
    case 'reviewed':
      return (
        <>
          <On label="复盘日期" />
          <Line name="present" label="参加的人" />
          <Says name="well" label="做得好的" rows={3} />
          <Says name="better" label="下次怎样更好" rows={3} />
        </>
      );
    case 'settled':
      return <Says label="现在怎么样、结果是什么" rows={3} />;
    case 'closed':
      return <Says label="为什么可以关闭" rows={3} />;
    default:
      return <Says label="内容" rows={3} />;
  }
};

const startOf = (kind: EntryKind, alarm: Alarm, orderNo: number | null): object => {
  const fields = schemaOf(kind).shape;
  const orders = ordersFor(kind, alarm);
  const order = orders.find((o) => o.no === orderNo) ?? (orders.length === 1 ? orders[0] : undefined);
  return {
    ...(order === undefined ? {} : { orderId: order.id }),
    ...('at' in fields ? { at: now() } : {}),
    ...('on' in fields ? { on: today() } : {}),
    ...('issuedOn' in fields ? { issuedOn: today() } : {}),
    ...('signs' in fields && kind === 'danger' ? { signs: [] } : {}),
    ...('contents' in fields ? { contents: [] } : {}),
    ...(kind === 'safety-plan' ? { professionals: '12356 全国心理援助热线；危险时 110、120' } : {}),
    ...('says' in fields ? { says: '' } : {}),
    ...('urgent' in fields ? { urgent: false } : {}),
  };
};

/** One thing that is added to a record; what was written stays as it is. */
export function EntryDialog({
  alarm,
  kind,
  orderNo,
  onClose,
}: {
  readonly alarm: Alarm;
  readonly kind: EntryKind;
  /** The protection order whose step led here. */
  readonly orderNo: number | null;
  readonly onClose: () => void;
}) {
  const act = useAct(addAlarmEntry);
  const message = useMessages();
  return (
    <FormDialog open title={alarmEntryLabels[kind]} width={640} onClose={onClose}>
      <RecordForm
        validateWith={schemaOf(kind)}
        initial={startOf(kind, alarm, orderNo) as never}
        extra={{ kind } as never}
        submitWords="登记"
        final
        onCancel={onClose}
        submit={async (entry) => {
          await act.mutateAsync({ params: { id: alarm.id }, body: { version: alarm.version, entry: entry as never } });
          void message.success('已登记');
          onClose();
        }}
      >
        {fieldsOf(kind, alarm)}
      </RecordForm>
    </FormDialog>
  );
}

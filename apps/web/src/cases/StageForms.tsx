/** The forms of the stages: one act each, checked by the schema that the server checks, with what was typed kept. */

import { correctionsSaid, directionOf, latestScores, sameScale, scoresSince, scoreTag, unfitScore } from '@jieyou/core/cases/scores.ts';
import { listSigners, moveCase } from '@jieyou/core/cases/stageEndpoints.ts';
import type { StageActName } from '@jieyou/core/cases/stageRules.ts';
import { type CaseScore, type PaperContent, type ScoreCited, StageAct, type StageFile } from '@jieyou/core/cases/stageSchema.ts';
import { isEmployed, WorkOutcome } from '@jieyou/core/cases/work.ts';
import {
  ASSESSMENT_HEADINGS,
  closingKindLabels,
  directionLabels,
  followUpResultLabels,
  followUpWayLabels,
  intakeDecisionLabels,
  intakeRiskLabels,
  intakeSourceLabels,
  scoreUnfitLabels,
  signerLabels,
  stageActLabels,
  urgencyLabels,
  workHoldsLabels,
  workOutcomeLabels,
  workPlaceLabels,
} from '@jieyou/core/texts/caseStageLabels.ts';
import { optionsOf, riskLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { scoreWords } from './scoreWords.ts';
import './stages.css';

type Move = StageAct['move'];
type StageFileData = StageFile;

const schemaOf = (move: Move): z.ZodType =>
  StageAct.options.find((option) => (option.shape.move as z.ZodLiteral<Move>).value === move) as unknown as z.ZodType;

type Plan = NonNullable<PaperContent['plan']>;

const planOf = (file: StageFileData): Plan | null =>
  file.papers.find((p) => p.kind === 'plan' && p.content.plan !== null)?.content.plan ?? null;

/** The plan that was signed last. */
export const signedPlanOf = (file: StageFileData): Plan | null =>
  file.papers.find((p) => p.kind === 'plan' && p.status === 'signed')?.content.plan ?? null;

const Long = ({ rows = 3, max = 4000, placeholder, ...rest }: { rows?: number; max?: number; placeholder?: string }) => (
  <Input.TextArea
    {...rest}
    autoSize={{ minRows: rows, maxRows: 14 }}
    maxLength={max}
    {...(placeholder === undefined ? {} : { placeholder })}
  />
);

function SignerField({ caseId }: { readonly caseId: string }) {
  const found = useQuery(queryOf(listSigners, { params: { id: caseId } }));
  const rows = found.data?.rows ?? [];
  return (
    <Field name="signerId" label="请谁签字" hint="撰写人和承办人不能签自己的文书。" wide>
      <SignerChoice rows={rows} loading={found.isPending} />
    </Field>
  );
}

function SignerChoice({
  rows,
  loading,
  value,
  onChange,
  ...rest
}: {
  readonly rows: readonly { id: string | null; name: string; says: string }[];
  readonly loading: boolean;
  readonly value?: string | null;
  readonly onChange?: (value: string | null) => void;
}) {
  return (
    <Select
      {...rest}
      loading={loading}
      {...(rows.some((r) => (r.id ?? '') === (value ?? '')) ? { value: value ?? '' } : {})}
      placeholder={loading ? '' : rows.length === 0 ? '没有可以签字的人' : '请选择'}
      options={rows.map((r) => ({ value: r.id ?? '', label: `${r.name}（${r.says}）` }))}
      onChange={(picked: string) => onChange?.(picked === '' ? null : picked)}
    />
  );
}

function IntakeFields() {
  const decision = Form.useWatch('decision') as string | undefined;
  const risks = (Form.useWatch('risks') as string[] | undefined) ?? [];
  return (
    <>
      <Field name="decision" label="决定" wide>
        <Radio.Group options={optionsOf(intakeDecisionLabels)} />
      </Field>
      {decision === 'crisis' ? (
        <p className="jy-secondary jy-wide">直接进入介入；预估在规定的日子内补写。有生命危险时请先拨 110 或 120。</p>
      ) : null}
      <Field name="source" label="来源">
        <Select options={optionsOf(intakeSourceLabels)} />
      </Field>
      <Field name="urgency" label="紧急程度">
        <Select options={optionsOf(urgencyLabels)} />
      </Field>
      <Field name="asker" label="求助人与关系" hint="本人求助可以不填">
        <Input maxLength={60} />
      </Field>
      <Field name="guardian" label="监护人" hint="未成年人或有监护人的成年人填写；以后签协议要监护人签字">
        <Input maxLength={40} />
      </Field>
      <Field name="risks" label="风险初筛" hint="看到或听说的都勾上；勾了不等于定级" wide>
        <ChoiceBoxes options={optionsOf(intakeRiskLabels)} />
      </Field>
      {risks.length === 0 ? null : (
        <p className="jy-secondary jy-wide">保存以后请到“危机与家暴”登记；未成年人可能受侵害的，立即强制报告。</p>
      )}
      <Field name="problem" label="求助的问题" wide>
        <Long max={2000} />
      </Field>
      {decision === 'refer' ? (
        <Field name="referredTo" label="转介到哪里" wide>
          <Input maxLength={80} />
        </Field>
      ) : null}
      {decision === undefined || decision === 'accept' ? null : (
        <Field name="reason" label="理由" hint="也写明告诉了服务对象哪些其他途径" wide>
          <Long max={1000} />
        </Field>
      )}
    </>
  );
}

/** Scores on file to cite, ticked one by one; a choice is the form's own id with the scale. */
function ScoreChoice({
  onFile,
  value = [],
  onChange,
  ...rest
}: {
  readonly onFile: readonly CaseScore[];
  readonly value?: readonly ScoreCited[];
  readonly onChange?: (value: ScoreCited[]) => void;
  readonly id?: string;
}) {
  const keyOf = (s: ScoreCited) => `${s.answerId} ${s.scale}`;
  return (
    <ChoiceBoxes
      {...rest}
      value={value.map(keyOf)}
      options={onFile.map((s) => ({ value: keyOf(s), label: scoreWords(s) }))}
      onChange={(chosen) => onChange?.(onFile.filter((s) => chosen.includes(keyOf(s))).map(({ answerId, scale }) => ({ answerId, scale })))}
    />
  );
}

function ScoresField({ scores, label, hint }: { readonly scores: readonly CaseScore[]; readonly label: string; readonly hint: string }) {
  if (scores.length === 0) return null;
  return (
    <Field name="cites" label={label} hint={hint} wide>
      <ScoreChoice onFile={scores} />
    </Field>
  );
}

function AssessmentFields({ file }: { readonly file: StageFileData }) {
  return (
    <>
      {(['person', 'family', 'surroundings', 'needs'] as const).map((part) => (
        <Field key={part} name={part} label={ASSESSMENT_HEADINGS[part].title} hint={ASSESSMENT_HEADINGS[part].says} wide>
          <Long rows={4} />
        </Field>
      ))}
      <ScoresField
        scores={file.scores.toReversed()}
        label="引用的量表"
        hint="本个案已提交的量表；分数、版本和日期随预估留存，只供参考，不代替判断"
      />
      <Field name="risk" label="风险">
        <Select options={optionsOf(riskLabels)} />
      </Field>
      <Field name="riskSays" label="风险从哪里看出来" wide>
        <Long rows={2} max={1000} />
      </Field>
    </>
  );
}

const freeKey = (goals: readonly Record<string, unknown>[]): string => {
  for (let i = 1; ; i += 1) if (!goals.some((g) => g['key'] === `g${i}`)) return `g${i}`;
};

/** Rows of a list in the form's own values, so that each field is named by its whole path. */
const useRows = (path: readonly string[]) => {
  const form = Form.useFormInstance();
  const count = (Form.useWatch((values: object) => (readAt(values, path) as unknown[] | undefined)?.length, { form, preserve: true }) ??
    ((form.getFieldValue([...path]) as unknown[] | undefined) ?? []).length) as number;
  const rows = () => (form.getFieldValue([...path]) ?? []) as Record<string, unknown>[];
  return {
    count,
    add: (of: (rows: Record<string, unknown>[]) => Record<string, unknown>) => form.setFieldValue([...path], [...rows(), of(rows())]),
    remove: (at: number) =>
      form.setFieldValue(
        [...path],
        rows().filter((_, i) => i !== at),
      ),
  };
};
const readAt = (values: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined), values);
const places = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const MOST_GOALS = 8;
const MOST_SIGNERS = 3;

/** One score to stand for a value, or none, where the value is typed; what has no number, or says whom to ask, is shown and cannot be chosen. */
function ScorePick({
  onFile,
  onPick,
  value = null,
  onChange,
  ...rest
}: {
  readonly onFile: readonly CaseScore[];
  readonly onPick: (score: CaseScore) => void;
  readonly value?: ScoreCited | null;
  readonly onChange?: (value: ScoreCited | null) => void;
  readonly id?: string;
}) {
  const keyOf = (s: ScoreCited) => `${s.answerId} ${s.scale}`;
  return (
    <Select
      {...rest}
      allowClear
      placeholder="手填，不引用"
      value={value === null ? null : keyOf(value)}
      options={onFile.toReversed().map((s) => {
        const unfit = unfitScore(s);
        return {
          value: keyOf(s),
          label: unfit === null ? scoreWords(s) : `${scoreWords(s)}　${scoreUnfitLabels[unfit]}`,
          disabled: unfit !== null,
        };
      })}
      onChange={(key?: string | null) => {
        const score = onFile.find((s) => keyOf(s) === key);
        onChange?.(score === undefined ? null : { answerId: score.answerId, scale: score.scale });
        if (score !== undefined) onPick(score);
      }}
    />
  );
}

/** Whether the value of a row stands for a score: then it is not typed. */
const useCited = (path: readonly (string | number)[]): boolean => {
  const form = Form.useFormInstance();
  return Form.useWatch([...path], { form, preserve: true }) != null;
};

/** The value of a goal at the beginning: typed, or taken from a scale that was filled in. */
function BaselineFields({ at, onFile }: { readonly at: (key: string) => (string | number)[]; readonly onFile: readonly CaseScore[] }) {
  const form = Form.useFormInstance();
  const cited = useCited(at('cites'));
  // A draft that cites what is no longer on file keeps the field, so that it can be taken out.
  const shown = onFile.length > 0 || cited;
  return (
    <>
      {shown ? (
        <Field name={at('cites')} label="基线取自量表" hint="选一次已提交的量表：分数就是基线，日期一并留存" wide>
          <ScorePick
            onFile={onFile}
            onPick={(score) => {
              const set = (key: string, to: unknown) => form.setFieldValue(at(key), to);
              set('baseline', score.score);
              set('direction', directionOf(score));
              set('unit', '分');
              if (((form.getFieldValue(at('indicator')) as string | undefined) ?? '') === '') set('indicator', score.title);
            }}
          />
        </Field>
      ) : null}
      <div className="st-goal-row">
        <Field name={at('indicator')} label="用什么衡量">
          <Input maxLength={60} placeholder="如：每周到校" />
        </Field>
        <Field name={at('unit')} label="单位">
          <Input maxLength={12} placeholder="天" />
        </Field>
        <Field name={at('direction')} label="方向">
          <Select options={optionsOf(directionLabels)} disabled={cited} />
        </Field>
        <Field name={at('baseline')} label="现在的值">
          <InputNumber style={{ width: '100%' }} disabled={cited} />
        </Field>
        <Field name={at('target')} label="目标值">
          <InputNumber style={{ width: '100%' }} />
        </Field>
      </div>
    </>
  );
}

function PlanFields({ file }: { readonly file: StageFileData }) {
  const goals = useRows(['plan', 'goals']);
  const at = (i: number, key: string) => ['plan', 'goals', i, key] as const;
  return (
    <>
      <Field name={['plan', 'aim']} label="总目标" wide>
        <Long rows={2} max={600} />
      </Field>
      <div className="jy-wide">
        {places(goals.count).map((i) => (
          <fieldset key={i} aria-label={`目标 ${i + 1}`} className="st-goal">
            <Field name={at(i, 'text')} label={`目标 ${i + 1}：要达到什么`} wide>
              <Input maxLength={200} />
            </Field>
            <BaselineFields at={(key) => [...at(i, key)]} onFile={file.scores} />
            <Field name={at(i, 'work')} label={`目标 ${i + 1} 是就业目标`} hint="勾选后，结案时要写就业结果" valueProp="checked">
              <Checkbox>就业目标</Checkbox>
            </Field>
            {goals.count > 1 ? (
              <Button size="small" type="text" onClick={() => goals.remove(i)}>
                去掉目标 {i + 1}
              </Button>
            ) : null}
          </fieldset>
        ))}
        {goals.count < MOST_GOALS ? (
          <Button onClick={() => goals.add((rows) => ({ key: freeKey(rows), direction: 'up' }))}>再加一个目标</Button>
        ) : null}
      </div>
      <Field name={['plan', 'methods']} label="方法与行动" wide>
        <Long max={2000} />
      </Field>
      <Field name={['plan', 'frequency']} label="频率" wide>
        <Input maxLength={60} placeholder="如：每周一次面谈" />
      </Field>
      <Field name={['plan', 'startsOn']} label="开始">
        <DayInput />
      </Field>
      <Field name={['plan', 'endsOn']} label="结束">
        <DayInput />
      </Field>
    </>
  );
}

/** Who has signed the plan by hand, as it stands now. */
const signedByHand = (file: StageFileData) =>
  file.mustSign.filter((who) => file.signing?.signatures.some((one) => one.who === who && one.hash === file.signing?.hash) === true);

function AgreementFields({ file }: { readonly file: StageFileData }) {
  const signers = useRows(['agreement', 'signers']);
  const byHand = signedByHand(file);
  const left = file.mustSign.filter((who) => !byHand.includes(who));
  const names = (of: readonly (typeof file.mustSign)[number][]) => of.map((who) => signerLabels[who]).join('和');
  return (
    <>
      <p className="jy-secondary jy-wide">
        这份协议要由{names(file.mustSign)}签。{byHand.length === 0 ? '' : `${names(byHand)}已手写签名。`}
        {left.length === 0
          ? ''
          : `还没有手写签名的：${names(left)}。可以先在“服务计划”下请人手写，或在这里登记纸上的签字，签好的纸扫描后放进附件。`}
      </p>
      <Field name={['agreement', 'explained']} label="已经说明" valueProp="checked" wide>
        <Checkbox>已当面说明：服务内容与次数、保密及其例外、随时可以退出</Checkbox>
      </Field>
      <div className="jy-wide">
        {places(signers.count).map((i) => (
          <fieldset key={i} aria-label={`签字人 ${i + 1}`} className="st-goal">
            <div className="st-goal-row">
              <Field name={['agreement', 'signers', i, 'who']} label={`签字人 ${i + 1}`}>
                <Select options={optionsOf(signerLabels)} />
              </Field>
              <Field name={['agreement', 'signers', i, 'name']} label="姓名">
                <Input maxLength={40} />
              </Field>
              <Field name={['agreement', 'signers', i, 'relation']} label="关系">
                <Input maxLength={20} placeholder="本人不填" />
              </Field>
              <Field name={['agreement', 'signers', i, 'signedOn']} label="签字日期">
                <DayInput notAfter={today()} />
              </Field>
            </div>
            {signers.count > 1 || left.length === 0 ? (
              <Button size="small" type="text" onClick={() => signers.remove(i)}>
                去掉签字人 {i + 1}
              </Button>
            ) : null}
          </fieldset>
        ))}
        {signers.count < MOST_SIGNERS ? (
          <Button onClick={() => signers.add(() => ({ who: 'guardian', relation: '', signedOn: today(), attachmentId: null }))}>
            {signers.count === 0 ? '登记纸上的签字' : '再加一位签字人'}
          </Button>
        ) : null}
      </div>
      <SignerField caseId={file.id} />
    </>
  );
}

/** How a goal stands now: typed, or a later score of the scale from which its baseline was taken (`later`; null where it was typed). */
function MeasureFields({ at, unit, later }: { readonly at: number; readonly unit: string; readonly later: readonly CaseScore[] | null }) {
  const form = Form.useFormInstance();
  const cited = useCited(['measures', at, 'cites']);
  return (
    <>
      {later === null ? null : later.length === 0 ? (
        <p className="jy-secondary">同一张量表在基线之后还没有再填过；再填一次就可以引用。</p>
      ) : (
        <Field name={['measures', at, 'cites']} label="后测取自量表" hint="和基线同一张量表，在基线之后填的" wide>
          <ScorePick onFile={later} onPick={(score) => form.setFieldValue(['measures', at, 'now'], score.score)} />
        </Field>
      )}
      <div className="st-goal-row">
        <Field name={['measures', at, 'now']} label={`现在（${unit}）`}>
          <InputNumber style={{ width: '100%' }} disabled={cited} />
        </Field>
        <Field name={['measures', at, 'says']} label="说明">
          <Input maxLength={200} />
        </Field>
      </div>
    </>
  );
}

/** That the score of a baseline was corrected since. */
function Corrected({ said }: { readonly said: string }) {
  return said === '' ? null : (
    <p className="jy-long" role="status">
      {said}
    </p>
  );
}

function EvaluationFields({ file }: { readonly file: StageFileData }) {
  const goals = signedPlanOf(file)?.goals ?? [];
  const corrected = file.papers.find((p) => p.kind === 'plan' && p.status === 'signed')?.corrected ?? [];
  return (
    <>
      {goals.length === 0 ? <p className="jy-secondary jy-wide">还没有签过的计划，只写总的评估。</p> : null}
      {goals.map((g, i) => (
        <fieldset key={g.key} aria-label={g.text} className="st-goal jy-wide">
          <strong>{g.text}</strong>
          <p className="jy-secondary">
            {g.indicator}：计划时 {g.baseline} {g.unit}
            {scoreTag(g.score)}，目标 {g.target} {g.unit}
          </p>
          {g.score === undefined ? null : <Corrected said={correctionsSaid([g.score], corrected)} />}
          <MeasureFields at={i} unit={g.unit} later={g.score === undefined ? null : scoresSince(file.scores, g.score)} />
        </fieldset>
      ))}
      <ScoresField scores={latestScores(file.scores)} label="量表的前后" hint="写出同一张表第一次和最近一次的分数" />
      <Field name="says" label="评估" hint="有什么变化，哪些做法有用，还缺什么" wide>
        <Long max={2000} />
      </Field>
      <Field name="satisfaction" label="服务对象满意程度" hint="1 到 5 分；没有询问就不选">
        <Select allowClear options={[5, 4, 3, 2, 1].map((n) => ({ value: n, label: `${n} 分` }))} />
      </Field>
      <Field name="wishes" label="服务对象的话" wide>
        <Long rows={2} max={600} />
      </Field>
    </>
  );
}

/**
 * What came of work (YC-11), at `path` of the form. Where it may be told and need not be, a tick opens it; where work was known, it is
 * asked first whether it holds.
 */
function WorkFields({
  path,
  file,
  kind,
}: {
  readonly path: readonly string[];
  readonly file: StageFileData;
  readonly kind?: string | undefined;
}) {
  const form = Form.useFormInstance();
  const at = (key: string) => [...path, key];
  const told = Form.useWatch((values: object) => readAt(values, path), { form, preserve: true }) as
    | { outcome?: WorkOutcome | null; holds?: string | null }
    | null
    | undefined;
  const { now } = file.work;
  // Of who has died or is lost nobody has to say it.
  const asked = file.work.asked === 'must' && (kind === 'died' || kind === 'lost') ? 'may' : file.work.asked;
  const follows = path.length === 1;
  if (asked === 'no' && now === null) return null;
  const knew = follows && isEmployed(now?.outcome);
  const outcome = told?.outcome ?? null;
  const where = outcome === 'training' || isEmployed(outcome);
  const shows = told !== null && told !== undefined;
  const fits = WorkOutcome.options.filter(
    (one) => !knew || told?.holds == null || (told.holds === 'changed' ? isEmployed(one) : !isEmployed(one)),
  );
  // What a choice leaves without sense goes with it: a field that is not seen is not sent.
  const clear = (more: object) => form.setFieldValue([...path], { ...told, onDay: null, place: null, ...more });
  return (
    <fieldset className="st-goal jy-wide" aria-label="就业结果">
      {!follows && asked === 'must' ? null : (
        <Checkbox checked={shows} onChange={(e) => form.setFieldValue([...path], e.target.checked ? { says: '' } : null)}>
          {follows ? '这次问了就业的情况' : '写明就业结果'}
        </Checkbox>
      )}
      {!shows && (follows || asked !== 'must') ? null : (
        <div className="st-goal-row">
          {knew ? (
            <Field name={at('holds')} label="原来的工作">
              <Select options={optionsOf(workHoldsLabels)} onChange={(holds) => clear({ holds, outcome: null })} />
            </Field>
          ) : null}
          {knew && (told?.holds == null || told.holds === 'holds') ? null : (
            <Field name={at('outcome')} label={follows ? '现在的情况' : '就业结果'}>
              <Select
                options={fits.map((value) => ({ value, label: workOutcomeLabels[value] }))}
                onChange={(next: WorkOutcome) => (next === 'training' || isEmployed(next) ? undefined : clear({ outcome: next }))}
              />
            </Field>
          )}
          {where ? (
            <>
              <Field name={at('onDay')} label="从哪天开始">
                <DayInput notAfter={today()} />
              </Field>
              <Field name={at('place')} label="在什么地方">
                <Select options={optionsOf(workPlaceLabels)} />
              </Field>
            </>
          ) : null}
          <Field name={at('says')} label="补充" hint="岗位、工时、需要的支持；不写单位名称也可以">
            <Input maxLength={120} />
          </Field>
        </div>
      )}
    </fieldset>
  );
}

function ClosingFields({ file }: { readonly file: StageFileData }) {
  const kind = Form.useWatch(['closing', 'kind']) as string | undefined;
  return (
    <>
      {file.openAlarms.length === 0 ? null : (
        <p className="st-open jy-wide" role="status">
          这个个案还有 {file.openAlarms.length} 份危机或家暴记录没有关闭，现在送签会被退下。
          {file.openAlarms.map((a) => (
            <Link key={a.id} className="rd-underlined" to="/alarms/$id" params={{ id: a.id }}>
              打开{a.kind === 'crisis' ? '危机' : '家暴'}记录
            </Link>
          ))}
        </p>
      )}
      <Field name={['closing', 'kind']} label="结案类型" wide>
        <Radio.Group options={optionsOf(closingKindLabels)} />
      </Field>
      {kind === 'referred' ? (
        <Field name={['closing', 'referredTo']} label="转介到哪里" wide>
          <Input maxLength={80} />
        </Field>
      ) : null}
      <WorkFields path={['closing', 'work']} file={file} kind={kind} />
      <Field name={['closing', 'summary']} label="结案小结" wide>
        <Long rows={4} max={3000} />
      </Field>
      <Field name={['closing', 'review']} label="社工自评" wide>
        <Long rows={2} max={2000} />
      </Field>
      <Field name={['closing', 'followUpOn']} label="回访日期" hint="不安排回访就清空">
        <DayInput notBefore={today()} />
      </Field>
      <SignerField caseId={file.id} />
    </>
  );
}

type FormOf = {
  readonly move: Move;
  readonly title: string;
  readonly sure: string;
  readonly initial: object;
  readonly extra?: object;
  readonly fields: ReactNode;
  readonly final?: true;
};

const citesOf = (scores: readonly CaseScore[]): ScoreCited[] => scores.map(({ answerId, scale }) => ({ answerId, scale }));

const NEW_GOAL = { key: 'g1', direction: 'up' };

const formOf = (act: StageActName, file: StageFileData): FormOf | null => {
  const title = stageActLabels[act];
  switch (act) {
    case 'decide-intake':
      return {
        move: act,
        title,
        sure: '保存决定',
        initial: {
          decision: 'accept',
          source: 'self',
          urgency: 'ordinary',
          risks: [],
          asker: '',
          guardian: null,
          reason: '',
          referredTo: null,
        },
        fields: <IntakeFields />,
        final: true,
      };
    case 'crisis':
      return {
        move: act,
        title,
        sure: '转入危机直通',
        initial: {},
        fields: (
          <>
            <p className="jy-secondary jy-wide">直接进入介入；预估在规定的日子内补写。有生命危险时请先拨 110 或 120。</p>
            <Field name="reason" label="出现了什么危险" wide>
              <Long max={600} />
            </Field>
          </>
        ),
        final: true,
      };
    case 'assess': {
      const last = file.papers.find((p) => p.content.assessment !== null)?.content.assessment;
      // What was cited before is cited again, in its last measurement.
      const scoresAgain = latestScores(file.scores).filter((s) => last?.scores?.some((one) => sameScale(one, s)) === true);
      return {
        move: act,
        title,
        sure: '保存预估',
        initial: { family: '', riskSays: '', ...last, cites: citesOf(scoresAgain) },
        fields: <AssessmentFields file={file} />,
      };
    }
    case 'draft-plan': {
      const plan = planOf(file);
      return {
        move: act,
        title,
        sure: '保存计划',
        initial: {
          plan:
            plan === null
              ? { goals: [NEW_GOAL], startsOn: today() }
              : {
                  ...plan,
                  goals: plan.goals.map(({ score, ...g }) => ({ ...g, cites: score === undefined ? null : citesOf([score])[0] })),
                },
        },
        fields: <PlanFields file={file} />,
      };
    }
    case 'send-plan':
      return {
        move: act,
        title,
        sure: '送签',
        initial: {
          signerId: null,
          agreement: {
            signers: file.mustSign
              .filter((who) => !signedByHand(file).includes(who))
              .map((who) => ({ who, relation: '', signedOn: today(), attachmentId: null })),
          },
        },
        fields: <AgreementFields file={file} />,
        final: true,
      };
    case 'evaluate-stage':
    case 'evaluate-closing':
      return {
        move: 'evaluate',
        title,
        sure: '保存评估',
        initial: {
          measures: (signedPlanOf(file)?.goals ?? []).map((g) => ({ key: g.key, now: null, says: '' })),
          wishes: '',
          satisfaction: null,
          // Whatever was measured twice says then and now, unless the worker takes the tick away.
          cites: citesOf(latestScores(file.scores).filter((s) => file.scores.filter((one) => sameScale(one, s)).length > 1)),
        },
        extra: { kind: act === 'evaluate-stage' ? 'stage' : 'closing' },
        fields: <EvaluationFields file={file} />,
      };
    case 'propose-closing':
      return {
        move: act,
        title,
        sure: '送签',
        initial: {
          signerId: null,
          closing: {
            review: '',
            referredTo: null,
            followUpOn: file.proposed.followUpOn,
            work: file.work.asked === 'must' ? { says: '' } : null,
            ...(file.stage === 'evaluation' ? { kind: 'achieved' } : {}),
          },
        },
        fields: <ClosingFields file={file} />,
        final: true,
      };
    case 'follow-up':
      return {
        move: act,
        title,
        sure: '保存回访',
        initial: {
          happenedOn: today(),
          way: 'phone',
          result: 'steady',
          nextOn: null,
          work: isEmployed(file.work.now?.outcome) ? { says: '' } : null,
        },
        fields: (
          <>
            <Field name="happenedOn" label="回访日期">
              <DayInput notAfter={today()} />
            </Field>
            <Field name="way" label="方式">
              <Select options={optionsOf(followUpWayLabels)} />
            </Field>
            <Field name="result" label="情况">
              <Select options={optionsOf(followUpResultLabels)} />
            </Field>
            <Field name="nextOn" label="下一次回访" hint="不再回访就不填">
              <DayInput notBefore={today()} />
            </Field>
            <WorkFields path={['work']} file={file} />
            <Field name="says" label="记录" hint="情况有变化时，保存后可以重开个案" wide>
              <Long max={2000} />
            </Field>
          </>
        ),
      };
    case 'pause':
      return {
        move: act,
        title,
        sure: '暂停',
        initial: {},
        fields: (
          <>
            <Field name="reason" label="为什么暂停" wide>
              <Long max={600} />
            </Field>
            <Field name="lookAgainOn" label="哪天再看一次" hint={`最迟 ${formatDay(file.proposed.latestLookAgain)}`}>
              <DayInput notBefore={today()} />
            </Field>
          </>
        ),
        final: true,
      };
    case 'reopen':
      return {
        move: act,
        title,
        sure: '重开',
        initial: {},
        fields: (
          <Field name="reason" label="为什么重开" wide>
            <Long max={600} />
          </Field>
        ),
        final: true,
      };
    default:
      return null;
  }
};

/** Whether an act asks for something; others are done at once. */
export const asksSomething = (act: StageActName, file: StageFileData): boolean => formOf(act, file) !== null;

/** The dialog of one act. */
export function StageDialog({
  act,
  file,
  onClose,
}: {
  readonly act: StageActName;
  readonly file: StageFileData;
  readonly onClose: () => void;
}) {
  const move = useAct(moveCase);
  const form = formOf(act, file);
  if (form === null) return null;
  return (
    <FormDialog open title={form.title} width={760} onClose={onClose}>
      <RecordForm
        validateWith={schemaOf(form.move) as z.ZodObject}
        initial={form.initial as never}
        extra={{ move: form.move, version: file.version, ...form.extra } as never}
        draftKey={`stage.${file.id}.${act}.${file.stage}`}
        submitWords={form.sure}
        onCancel={onClose}
        {...(form.final === true ? { final: true } : {})}
        submit={async (body) => {
          await move.mutateAsync({ params: { id: file.id }, body: body as never });
          onClose();
        }}
      >
        {form.fields}
      </RecordForm>
    </FormDialog>
  );
}

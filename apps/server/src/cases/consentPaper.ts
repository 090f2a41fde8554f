import { receiverSays } from '@jieyou/core/cases/rules.ts';
import type { ConsentPurpose, PacketField, ReceiverKind } from '@jieyou/core/cases/schema.ts';
import { ageOn, day, formatDay } from '@jieyou/core/shared/day.ts';
import type { PaperFormat } from '@jieyou/core/shared/endpoint.ts';
import { ordinal } from '@jieyou/core/shared/words.ts';
import { consentPurposeLabels, genderLabels, packetFieldLabels } from '@jieyou/core/texts/labels.ts';
import { signerBoxTitle } from '@jieyou/core/texts/signatureLabels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type PaperPart, sendPaper, stationOn } from '../platform/print/index.ts';
import { wordsOfVersion } from '../rulepacks/index.ts';
import { boxesOfCase } from './stageLoading.ts';
import * as store from './store.ts';
import { readCase } from './views.ts';

/** A consent on A4 with what was told before it (告知书), in the version of that day, and boxes to sign in. The name is masked. */
export const printConsent = async (ctx: Ctx<'print.no-browser'>, caseId: string, consentId: string, format: PaperFormat) => {
  const file = await readCase(ctx as unknown as Ctx<never>, caseId);
  const consent = (await store.consentsOf(ctx.tx, ctx.actor.districtId, file.id)).find((c) => c.id === consentId) ?? ctx.notFound();
  const told = consent.noticeId === null ? [] : await wordsOfVersion(ctx.tx, consent.noticeId);
  ctx.saw('case', file.id, { kind: 'export', outcome: 'consent-printed' });
  const { name, gender } = file.recipient;
  // Who signs is a question of the day on which it was signed.
  const boxes = await boxesOfCase(ctx, file, day(consent.grantedOn));
  const { birthOn } = await store.recipientById(ctx.tx, ctx.actor.districtId, file.recipientId);
  const age = birthOn === null ? null : (ageOn(day(birthOn), day(consent.grantedOn)) ?? null);
  const agreed = [
    ['服务对象', `${name}（${genderLabels[gender]}${age === null ? '' : `，${age}岁`}）`],
    ['用途', consentPurposeLabels[consent.purpose as ConsentPurpose]],
    ['提供给', receiverSays({ receiver: consent.receiver, receiverKind: consent.receiverKind as ReceiverKind | null })],
    ['内容', consent.fields.map((f) => packetFieldLabels[f as PacketField]).join('、') || '不提供资料'],
    ['签署', `${consent.signedBy}，${formatDay(day(consent.grantedOn))}`],
    ['期限', consent.expiresOn === null ? '没有定期限，随时可以撤回' : `至${formatDay(day(consent.expiresOn))}，随时可以撤回`],
    ...(consent.withdrawnOn === null ? [] : [['撤回', formatDay(day(consent.withdrawnOn))]]),
  ];
  const parts: PaperPart[] = [
    { kind: 'heading', text: '一、同意的内容' },
    { kind: 'table', head: ['项目', '内容'], rows: agreed.map(([k = '', v = '']) => [k, v]) },
    {
      kind: 'heading',
      text: consent.noticeVersion === null ? '二、告知书' : `二、签署前告知的内容（告知书 ${consent.noticeVersion} 版）`,
    },
    ...(told.length === 0
      ? [{ kind: 'text' as const, text: '当时的告知书没有登记。' }]
      : told.map((t, i) => ({ kind: 'text' as const, text: `（${ordinal(i + 1)}）${t.label}：${t.text}（${t.source}）` }))),
  ];
  return sendPaper(ctx, format, `知情同意书${file.number}`, {
    title: '知情同意书',
    number: file.number,
    date: formatDay(day(consent.grantedOn)),
    issuer: await stationOn(ctx as unknown as Ctx<never>, { kind: 'case', id: file.id }),
    secrecy: '内部资料　注意保密',
    parts,
    signatures: [...boxes.map(signerBoxTitle), '社工'],
  });
};

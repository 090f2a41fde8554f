/** A round of advice: the panel, the packet, invitations with their opinions, the conference that is planned. */
import { type KnownIdentity, redact } from '@jieyou/core/casebank/redaction.ts';
import type { PacketField } from '@jieyou/core/cases/schema.ts';
import { addDays, addMs, ageOn, type Day, dayOf, type Instant, isMinorOn } from '@jieyou/core/shared/day.ts';
import { caseDomainLabels, type HelpField } from '@jieyou/core/shared/fields.ts';
import { packetExpiresAt } from '@jieyou/core/support/rules.ts';
import { packetFieldLabels, riskLabels } from '@jieyou/core/texts/labels.ts';
import { digest } from '../src/platform/crypto/crypto.ts';
import { type Diary, MINUTE, notUndefined } from './loadDiary.ts';
import { conferenceRows } from './loadFollowUp.ts';
import type { Seat } from './loadPlans.ts';
import { responseRows } from './loadResponses.ts';
import { idOf } from './loadRows.ts';
import * as text from './loadText.ts';
import { effortRow, pollRows } from './loadTimes.ts';
import type { StoryOpinion } from './types.ts';

/** What packets of the demo hold, and consents are given for. */
export const PACKET_FIELDS: readonly PacketField[] = ['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks'];
const PLEDGE =
  '我承诺：只为本次会诊使用这份资料，不复制、不转发、不与无关的人谈论，会诊结束后不再保留；发现认识当事人时立即告知中心并回避。';

/** What an expert says who sits beside those whose words the story tells. */
const sideOpinions: Readonly<Record<HelpField, Omit<StoryOpinion, 'field'>>> = {
  education: {
    judgement: '学习与同伴关系是重要的恢复力量，应尽早与学校对接。',
    advice: '由社工与班主任约定固定联系人，安排可以完成的小任务。',
    risk: '若要求一步到位，容易再次退缩。',
  },
  family: {
    judgement: '家人各有难处，沟通方式比事情本身更耗人。',
    advice: '先分别会谈，再开一次有议题的家庭会议，只定一件事。',
    risk: '急于调和会让弱势一方沉默。',
  },
  psychology: {
    judgement: '情绪反应与处境相称，目前未见急性危险，需要持续关注。',
    advice: '安排每周一次支持性会谈，记录睡眠与情绪变化。',
    risk: '重大消息公布前后应有人陪伴。',
  },
  law: {
    judgement: '权利主张有依据，关键在于保存材料与期限。',
    advice: '整理证据清单，向公共法律服务窗口申请援助。',
    risk: '私下签字或口头承诺可能带来不利后果。',
  },
  economy: {
    judgement: '收支缺口可以通过救助与互助资金分段填补。',
    advice: '先办理急需的一项，再按时间排出其余申请。',
    risk: '多头申请材料不一致会延误审批。',
  },
  medical: {
    judgement: '病情管理需要规律随访，照护者同样需要支持。',
    advice: '与社康确定随访频次，教会家属识别加重信号。',
    risk: '自行停药或延误就诊。',
  },
  employment: {
    judgement: '有工作意愿，需要循序渐进的岗位与支持。',
    advice: '先做能力评估，再匹配短时岗位，前三个月跟进。',
    risk: '一开始负担过重会挫伤信心。',
  },
};

/** What the experts read: every identity replaced; a text that cannot be cleaned stops the loading. */
const packetParts = (diary: Diary, identities: readonly KnownIdentity[], on: Day): string => {
  const { told, story, risk, caseOf } = diary.plan;
  const age = ageOn(caseOf.person.birthOn, on) ?? 0;
  const from = Math.floor(age / 10) * 10;
  const gender = caseOf.person.gender === 'female' ? '女' : '男';
  const raw: Readonly<Record<string, string>> = {
    situation: `${gender}，${isMinorOn(caseOf.person.birthOn, on) ? '未成年，' : ''}${from}至${from + 9}岁`,
    household: told.household,
    domain: caseDomainLabels[story.domain],
    risk: riskLabels[risk as keyof typeof riskLabels],
    story: told.story,
    tried: told.tried,
    asks: told.asks,
  };
  return JSON.stringify(
    PACKET_FIELDS.map((field) => ({ field, title: packetFieldLabels[field], text: redact(raw[field] ?? '', identities).text })),
  );
};

const invitationRows = (diary: Diary, seat: Seat,
  of: { roundId: string; at: Instant; deadline: Instant; hash: string; opinionAt: Instant; order: number },
  opinions: StoryOpinion[]): void => {
  const { rows, district, random } = diary;
  const plan = diary.plan;
  const id = idOf(of.at);
  const answeredAt = seat.state === 'invited' ? null : diary.between(of.at, of.deadline, 0.15 + of.order * 0.08);
  const reads = seat.state === 'answered' || (seat.state === 'accepted' && of.order % 2 === 1);
  rows.add('supportInvitation', {
    districtId: district.id,
    id,
    requestId: plan.id,
    roundId: of.roundId,
    expertId: seat.expert.expertId,
    helpFields: [...seat.fields],
    status: seat.state,
    invitedAt: of.at,
    pledgedAt: seat.state === 'declined' ? null : answeredAt,
    answeredAt,
    declineReason: seat.state === 'declined' ? random.pick(text.declines) : null,
    opinionAt: seat.state === 'answered' ? of.opinionAt : null,
    openings: reads ? 1 + (of.order % 2) : 0,
    number: diary.number,
    domain: plan.story.domain,
  });
  diary.tell([seat.expert], 'support.invited', of.at, { kind: 'invitation', id });
  if (answeredAt === null) return;
  const record = { kind: 'invitation', id };
  diary.event(seat.state === 'declined' ? 'support.invitation-declined' : 'support.invitation-accepted', answeredAt, seat.expert, record);
  if (reads) diary.event('support.packet-opened', addMs(answeredAt, 12 * MINUTE), seat.expert, { ...record, facts: { hash: of.hash } });
  if (seat.state !== 'answered') return;
  const own = opinions.findIndex((o) => seat.fields.includes(o.field));
  const field = seat.fields[0] ?? 'family';
  const { judgement, advice, risk } = (own < 0 ? undefined : opinions.splice(own, 1)[0]) ?? sideOpinions[field];
  rows.add('supportOpinion', {
    districtId: district.id,
    id,
    requestId: plan.id,
    roundId: of.roundId,
    expertId: seat.expert.expertId,
    judgement,
    advice,
    risk,
    givenAt: of.opinionAt,
  });
  if (of.order % 3 !== 2) {
    const { expertId } = seat.expert;
    effortRow(diary, { expertId, by: seat.expert, source: 'opinion', sourceId: id, minutes: 12 + of.order * 7, at: of.opinionAt });
  }
  diary.event('support.opinion-given', of.opinionAt, seat.expert, record);
  diary.tell([plan.holder], 'support.opinion-given', of.opinionAt);
};

/** A round of advice: proposal, invitations, packet, opinions and the planned or held conference. Answers the day of the conference. */
export const adviceRows = (diary: Diary, at: Instant, identities: readonly KnownIdentity[], consents: { conference: string }): string => {
  const { rows, district, time, crypto, random } = diary;
  const plan = diary.plan;
  const districtId = district.id;
  const requestId = plan.id;
  const by = notUndefined(plan.holder ?? undefined, 'holder');
  const deadline = notUndefined(plan.at.deadline, 'deadline');
  const planned = notUndefined(plan.at.planned, 'conference');
  const need = plan.story.helpFields;
  const proposedAt = addMs(at, -18 * MINUTE);
  rows.add('supportProposal', {
    districtId,
    id: idOf(proposedAt),
    requestId,
    at: proposedAt,
    byId: by.personId,
    packVersion: time.rules.version,
    result: JSON.stringify({
      seats: plan.seats.map((s) => ({
        expertId: s.expert.expertId,
        covers: s.fields,
        reasons: [{ code: 'covers', facts: { fields: s.fields } }],
        alternatives: [],
      })),
      leftOut: [],
      uncovered: need.filter((f) => !plan.seats.some((s) => s.fields.includes(f))),
      need: {
        helpFields: need,
        askerId: plan.asker.personId,
        askerOrganisationId: plan.asker.organisationId,
        window: { from: dayOf(at), to: addDays(dayOf(at), 14) },
        wishes: {},
        today: dayOf(at),
      },
    }),
  });
  diary.event('support.panel-proposed', proposedAt, by, {
    facts: { seats: plan.seats.length, uncovered: [], packVersion: time.rules.version },
  });

  const roundId = idOf(at);
  const frozen = packetParts(diary, identities, dayOf(at));
  const hash = digest(`${frozen}\n`);
  const asked = plan.seats.filter((s) => s.state !== 'declined');
  const answered = plan.seats.filter((s) => s.state === 'answered');
  const over = plan.at.over !== undefined || plan.at.held !== undefined;
  const opinionAt = (i: number): Instant => diary.between(at, deadline, 0.45 + i * 0.14);
  const quorum = Math.max(1, asked.length);
  rows.add('supportRound', {
    districtId,
    id: roundId,
    requestId,
    number: 1,
    deadline,
    expiresAt: packetExpiresAt(deadline, time.rules.pack['packet.expiryDays']),
    quorum,
    asked: asked.length,
    given: answered.length,
    opinionsOpenAt: answered.length >= quorum ? opinionAt(plan.seats.length - 1) : null,
    basisKind: consents.conference === '' ? 'emergency' : 'consent',
    consentId: consents.conference === '' ? null : consents.conference,
    basisGround: consents.conference === '' ? random.pick(text.emergencyGrounds) : null,
    packetHash: hash,
    packetFields: [...PACKET_FIELDS],
    pledgeText: PLEDGE,
    createdBy: by.personId,
    createdAt: at,
  });
  rows.add('supportPacket', {
    districtId,
    id: roundId,
    requestId,
    partsCt: crypto.encrypt(frozen, { table: 'support_packet', row: roundId, field: 'parts' }),
    hash,
    frozenAt: at,
  });
  diary.move('supporting', 'support.invited', at, by, {
    experts: plan.seats.length,
    round: 1,
    basis: consents.conference === '' ? 'emergency' : 'consent',
    hash,
    packVersion: time.rules.version,
    overridden: false,
  });

  const opinions = [...plan.told.opinions];
  for (const [i, seat] of plan.seats.entries())
    invitationRows(diary, seat, { roundId, at, deadline, hash, opinionAt: opinionAt(i), order: i }, opinions);

  const conferenceId = idOf(at);
  const cancelled = plan.at.over !== undefined && plan.at.held === undefined;
  rows.add('supportConference', {
    districtId,
    id: conferenceId,
    requestId,
    roundId,
    status: plan.at.held !== undefined ? 'held' : cancelled ? 'cancelled' : 'planned',
    chairId: by.personId,
    plannedAt: planned,
    place: random.pick(text.places),
    number: diary.number,
    heldAt: plan.at.held ?? null,
    version: over ? 2 : 1,
  });
  diary.event('support.conference-planned', addMs(at, MINUTE), by, { kind: 'conference', id: conferenceId });
  diary.tell([plan.asker], 'support.conference-planned', addMs(at, MINUTE));
  if (plan.at.held !== undefined) {
    const lines = conferenceRows(diary, plan.at.held, conferenceId, by, answered);
    responseRows(diary, plan.at.held, by, lines, frozen, plan.round);
    for (const { expert } of answered)
      effortRow(diary, { expertId: expert.expertId, by, source: 'conference', sourceId: conferenceId, minutes: 80, at: plan.at.held });
  } else if (!cancelled) {
    pollRows(diary, conferenceId, addMs(at, 2 * MINUTE), planned, by, plan.seats);
  }
  return dayOf(planned);
};

/** Requests as rows: everything that happened to each, with its events, as the support room and the case bank write it. */
import { type KnownIdentity, redact } from '@jieyou/core/casebank/redaction.ts';
import { applyFindings, composeSections, NAMELESS, PARTS, type Part, searchTextOf, withPseudonym } from '@jieyou/core/casebank/rules.ts';
import type { Sections } from '@jieyou/core/casebank/schema.ts';
import type { PacketField } from '@jieyou/core/cases/schema.ts';
import { addDays, addMs, ageOn, type Day, dayOf, daysBetween, type Instant, isMinorOn, msOf } from '@jieyou/core/shared/day.ts';
import { caseDomainLabels, type HelpField, helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { assess } from '@jieyou/core/support/checklist.ts';
import { packetExpiresAt } from '@jieyou/core/support/rules.ts';
import { packetFieldLabels, riskLabels } from '@jieyou/core/texts/labels.ts';
import { type CryptoProvider, digest } from '../src/platform/crypto/crypto.ts';
import { checklistOf, startedClock } from '../src/support/clock.ts';
import { caseRows } from './loadCases.ts';
import type { District, Staff } from './loadDistrict.ts';
import type { RequestPlan, Seat } from './loadPlans.ts';
import { idOf, type Rows } from './loadRows.ts';
import * as text from './loadText.ts';
import type { DemoTime } from './loadTime.ts';
import { pseudonyms } from './names.ts';
import { type Random, randomFor } from './random.ts';
import { tellPublication } from './telling.ts';
import type { StoryOpinion, SupportKind } from './types.ts';

const MINUTE = 60_000;
const lineKinds: Readonly<Record<SupportKind, string>> = {
  referral: 'referral',
  supervision: 'supervision',
  consultation: 'conference',
  seminar: 'seminar',
  'resource-link': 'resource',
};
const PACKET_FIELDS: readonly PacketField[] = ['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks'];
const PLEDGE =
  '我承诺：只为本次会诊使用这份资料，不复制、不转发、不与无关的人谈论，会诊结束后不再保留；发现认识当事人时立即告知中心并回避。';
/** Messages newer than this stay unread. */
const UNREAD_DAYS = 3;
const NOTICE_DAYS = 20;

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

type Ctx = {
  readonly rows: Rows;
  readonly district: District;
  readonly time: DemoTime;
  readonly crypto: CryptoProvider;
  readonly random: Random;
};

/** Writes one request after another; numbers must have been drawn. */
export const requestRows = (
  rows: Rows,
  district: District,
  time: DemoTime,
  crypto: CryptoProvider,
  plans: readonly RequestPlan[],
): void => {
  const ctx: Ctx = { rows, district, time, crypto, random: randomFor('request rows') };
  // Rows of one moment get ids in the order of their making, so the oldest request is written first.
  for (const plan of plans.toSorted((a, b) => msOf(a.at.created) - msOf(b.at.created))) new RequestWriter(ctx, plan).write();
};

const notUndefined = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new RangeError(`the plan has no ${what}`);
  return value;
};

class RequestWriter {
  readonly #ctx: Ctx;
  readonly #plan: RequestPlan;
  readonly #number: string;
  #moves = 0;
  #last: string;
  #state = 'draft';

  constructor(ctx: Ctx, plan: RequestPlan) {
    this.#ctx = ctx;
    this.#plan = plan;
    this.#number = plan.archiveNo ?? plan.receiptNo ?? '';
    this.#last = plan.at.created;
  }

  write(): void {
    const { rows, district, time, crypto } = this.#ctx;
    const plan = this.#plan;
    const { at, asker } = plan;
    const written = caseRows(rows, district, crypto, time, plan.caseOf);
    const consents = this.#consents(written.id);
    const pack = time.rules;
    const result = at.submitted === undefined ? null : assess(checklistOf(pack), plan.checklist);
    const halfDone = plan.end === 'draft' && asker.accountId !== null && plan.round % 2 === 0;
    rows.add('supportContent', {
      districtId: district.id,
      id: plan.id,
      caseNumber: plan.caseOf.number,
      recipientMasked: written.masked,
      recipientGender: plan.caseOf.person.gender,
      recipientBirthOn: plan.caseOf.person.birthOn,
      household: plan.told.household,
      story: plan.told.story,
      tried: halfDone ? '' : plan.told.tried,
      asks: plan.end === 'draft' ? '' : plan.told.asks,
      wishes: JSON.stringify({ expertGender: plan.story.wish === 'female-expert' ? 'female' : null }),
      checklist: JSON.stringify(halfDone ? { ...plan.checklist, severalDepartments: null, riskRising: null } : plan.checklist),
      checklistResult: result === null ? null : JSON.stringify(result),
      identitiesCt: crypto.encrypt(JSON.stringify(written.identities), { table: 'support_content', row: plan.id, field: 'identities' }),
    });

    this.#event('support.created', at.created, asker);
    let nextOn: string | null = null;
    if (at.submitted !== undefined) this.#submit(at.submitted);
    if (at.acknowledged !== undefined) this.#acknowledge(at.acknowledged);
    if (at.asked !== undefined) this.#ask(at.asked);
    if (at.accepted !== undefined) this.#accept(at.accepted);
    if (at.invited !== undefined) nextOn = this.#round(at.invited, written.identities, consents);
    if (at.held !== undefined && at.over === undefined) nextOn = this.#follow(at.held);
    if (at.over !== undefined) nextOn = this.#end(at.over, written.identities);
    this.#register(written.id, nextOn);
  }

  /** The clock that runs now. */
  #clock() {
    const plan = this.#plan;
    const { rules } = this.#ctx.time;
    const { at } = plan;
    const stopped = { clockKind: null, clockStartedAt: null, clockDueAt: null, clockAtRiskAt: null, clockPausedAt: null };
    const { warnedFor: _unused, ...screening } =
      at.submitted === undefined ? { ...stopped, warnedFor: null } : startedClock(rules, 'screening', at.submitted);
    switch (plan.end) {
      case 'submitted':
        return screening;
      case 'needs-info':
        return { ...screening, clockPausedAt: at.asked ?? null };
      case 'crisis': {
        const since = notUndefined(at.submitted, 'submission');
        const due = addMs(since, rules.pack['crisis.acknowledgeMinutes'] * MINUTE);
        return { clockKind: 'crisis', clockStartedAt: since, clockDueAt: due, clockAtRiskAt: since, clockPausedAt: null };
      }
      case 'matching':
      case 'supporting': {
        const { warnedFor: _, ...clock } =
          plan.end === 'matching'
            ? startedClock(rules, 'panel', notUndefined(at.accepted, 'acceptance'))
            : startedClock(rules, 'conference', notUndefined(at.invited, 'invitation'));
        return clock;
      }
      default:
        return stopped;
    }
  }

  #register(caseId: string, nextOn: string | null): void {
    const { rows, district, time } = this.#ctx;
    const plan = this.#plan;
    const { at, asker } = plan;
    const crisis = plan.lane === 'crisis' && at.submitted !== undefined;
    const [duty, backup] = this.#duty(at.submitted ?? at.created);
    const solvedAt = plan.end === 'closed' ? at.over : undefined;
    rows.add('supportRequest', {
      districtId: district.id,
      id: plan.id,
      receiptNo: plan.receiptNo,
      archiveNo: plan.archiveNo,
      status: plan.end,
      channel: plan.round === 1 ? 'phone' : 'desk',
      domain: plan.story.domain,
      helpFields: [...plan.story.helpFields],
      risk: plan.risk,
      caseId,
      stationId: asker.stationId as string,
      organisationId: asker.organisationId,
      divisionPath: asker.divisionPath,
      askerId: asker.personId,
      holderId: plan.holder?.personId ?? null,
      ...this.#clock(),
      packVersion: at.submitted === undefined ? null : time.rules.version,
      nextOn,
      crisisSince: crisis ? (at.submitted ?? null) : null,
      crisisDutyId: crisis ? duty.personId : null,
      crisisBackupId: crisis ? backup.personId : null,
      crisisAcknowledgedAt: at.acknowledged ?? null,
      crisisAcknowledgedBy: at.acknowledged === undefined ? null : (plan.holder ?? duty).personId,
      submittedAt: at.submitted ?? null,
      acceptedAt: at.accepted ?? null,
      closedAt: at.over ?? null,
      solved: solvedAt === undefined ? null : plan.solved,
      duplicateOf: plan.duplicateOf?.id ?? null,
      createdAt: at.created,
      updatedAt: this.#last,
      version: 1 + this.#moves,
    });
  }

  /** Duty person and backup of a day, as the rota alternates. */
  #duty(at: Instant): readonly [Staff, Staff] {
    const { centre, centre2 } = this.#ctx.district.named;
    return Math.abs(daysBetween(dayOf(at), this.#ctx.time.today)) % 2 === 0 ? [centre, centre2] : [centre2, centre];
  }

  /** Who screens: the later holder, or somebody of the centre. */
  #screener(): Staff {
    return this.#plan.holder ?? this.#ctx.district.named.centre;
  }

  #event(type: string, at: string, by: Staff | null, more: { kind?: string; id?: string; facts?: object; field?: HelpField } = {}): string {
    const { rows, district } = this.#ctx;
    const id = idOf(at);
    rows.add('event', {
      districtId: district.id,
      id,
      at,
      type,
      actorId: by?.personId ?? null,
      deputyFor: null,
      accountId: by?.accountId ?? null,
      recordKind: more.kind ?? 'request',
      recordId: more.id ?? this.#plan.id,
      requestRef: this.#plan.id,
      helpField: more.field ?? null,
      facts: JSON.stringify(more.facts ?? {}),
      httpRequest: null,
      ip: null,
    });
    if (Date.parse(at) > Date.parse(this.#last)) this.#last = at;
    return id;
  }

  #move(to: string, type: string, at: string, by: Staff, facts: object = {}, said?: { kind: string; says: string; facts?: object }): void {
    const id = this.#event(type, at, by, { facts: { from: this.#state, to, ...facts } });
    this.#state = to;
    this.#moves += 1;
    if (said === undefined) return;
    this.#ctx.rows.add('supportStatement', {
      districtId: this.#ctx.district.id,
      id: idOf(at),
      requestId: this.#plan.id,
      eventId: id,
      kind: said.kind,
      byId: by.personId,
      at,
      says: said.says,
      facts: JSON.stringify(said.facts ?? {}),
    });
  }

  #tell(
    to: readonly (Staff | null)[],
    kind: string,
    at: string,
    record: { kind: string; id: string } = { kind: 'request', id: this.#plan.id },
  ): void {
    const { rows, district, time } = this.#ctx;
    const age = daysBetween(dayOf(at as Instant), time.today);
    if (age > NOTICE_DAYS) return;
    const { accepted } = this.#plan.at;
    // The archive number is not older than the acceptance.
    const number = accepted !== undefined && Date.parse(at) >= msOf(accepted) ? this.#number : (this.#plan.receiptNo ?? '');
    for (const one of to) {
      if (one === null || one.accountId === null) continue;
      rows.add('notice', {
        districtId: district.id,
        id: idOf(at),
        personId: one.personId,
        kind,
        recordKind: record.kind,
        recordId: record.id,
        number,
        sentAt: at,
        readAt: age > UNREAD_DAYS ? addMs(at as Instant, 90 * MINUTE) : null,
      });
    }
  }

  #submit(at: Instant): void {
    const { asker, lane, receiptNo } = this.#plan;
    const { centre, centre2, head } = this.#ctx.district.named;
    const heads = head.stationId === asker.stationId ? [head] : [];
    if (lane === 'crisis') {
      this.#move('crisis', 'support.crisis', at, asker, { receiptNo });
      this.#tell([this.#duty(at)[0]], 'support.crisis', at);
      return;
    }
    this.#move('submitted', 'support.submitted', at, asker, { receiptNo });
    this.#tell([centre, centre2, ...heads], 'support.submitted', at);
  }

  #acknowledge(at: Instant): void {
    this.#move(
      'crisis',
      'support.crisis-acknowledged',
      at,
      this.#plan.holder ?? this.#duty(at)[0],
      {},
      {
        kind: 'crisis-action',
        says: this.#ctx.random.pick(text.crisisActions),
      },
    );
    this.#tell([this.#plan.asker], 'support.crisis-acknowledged', at);
  }

  #screening(exit: string, says: string, facts: object = {}) {
    return { kind: 'screening', says, facts: { exit, checklistVersion: this.#ctx.time.rules.version, ...facts } };
  }

  #ask(at: Instant): void {
    const version = this.#ctx.time.rules.version;
    this.#move(
      'needs-info',
      'support.asked',
      at,
      this.#screener(),
      { checklistVersion: version },
      this.#screening('ask', this.#ctx.random.pick(text.questions)),
    );
    this.#tell([this.#plan.asker], 'support.asked', at);
  }

  #accept(at: Instant): void {
    const { rules } = this.#ctx.time;
    const facts = { archiveNo: this.#plan.archiveNo, checklistVersion: rules.version };
    this.#move(
      'matching',
      'support.accepted',
      at,
      this.#screener(),
      facts,
      this.#screening('accept', this.#ctx.random.pick(text.acceptNotes)),
    );
    this.#tell([this.#plan.asker], 'support.accepted', at);
  }

  /** Consents of the case; answers the ones that later steps rest on. */
  #consents(caseId: string): { conference: string } {
    const { rows, district } = this.#ctx;
    const { caseOf, at, publication, mayPublish, asker } = this.#plan;
    const add = (purpose: string, receiver: string, fields: readonly PacketField[], on: Day, years: number): string => {
      const id = idOf(`${on}T02:30:00.000Z`);
      rows.add('consent', {
        districtId: district.id,
        id,
        caseId,
        receiver,
        purpose,
        fields: [...fields],
        signedBy: '服务对象本人',
        grantedOn: on,
        expiresOn: addDays(on, years * 365),
        withdrawnOn: null,
        recordedBy: asker.personId,
      });
      const recordedAt = `${on}T02:31:00.000Z`;
      rows.add('event', {
        districtId: district.id,
        id: idOf(recordedAt),
        at: recordedAt,
        type: 'case.consent-recorded',
        actorId: asker.personId,
        deputyFor: null,
        accountId: asker.accountId,
        recordKind: 'case',
        recordId: caseId,
        requestRef: null,
        helpField: null,
        facts: JSON.stringify({ consent: id, purpose, expiresOn: addDays(on, years * 365) }),
        httpRequest: null,
        ip: null,
      });
      return id;
    };
    const asked = dayOf(at.created);
    const first = addDays(asked, -1) < caseOf.openedOn ? caseOf.openedOn : addDays(asked, -1);
    if (this.#plan.end !== 'draft') add('support', '区疑难个案支援中心', PACKET_FIELDS, first, 2);
    const conference =
      this.#plan.end === 'draft' || this.#plan.lane === 'crisis' ? '' : add('conference', '受邀会诊专家', PACKET_FIELDS, first, 2);
    if (at.over !== undefined && (publication !== null || mayPublish)) {
      add('publication', '案例库读者（脱敏后）', ['situation', 'household', 'domain', 'story', 'tried'], dayOf(at.over), 5);
    }
    return { conference };
  }

  /** What the experts read: every identity replaced; a text that cannot be cleaned stops the loading. */
  #packetParts(identities: readonly KnownIdentity[], on: Day): string {
    const { told, story, risk, caseOf } = this.#plan;
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
  }

  /** A round of advice: proposal, invitations, packet, opinions and the planned or held conference. Answers the day of the conference. */
  #round(at: Instant, identities: readonly KnownIdentity[], consents: { conference: string }): string {
    const { rows, district, time, crypto, random } = this.#ctx;
    const plan = this.#plan;
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
    this.#event('support.panel-proposed', proposedAt, by, {
      facts: { seats: plan.seats.length, uncovered: [], packVersion: time.rules.version },
    });

    const roundId = idOf(at);
    const frozen = this.#packetParts(identities, dayOf(at));
    const hash = digest(`${frozen}\n`);
    const asked = plan.seats.filter((s) => s.state !== 'declined');
    const answered = plan.seats.filter((s) => s.state === 'answered');
    const over = plan.at.over !== undefined || plan.at.held !== undefined;
    const opinionAt = (i: number): Instant => this.#between(at, deadline, 0.45 + i * 0.14);
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
    this.#move('supporting', 'support.invited', at, by, {
      experts: plan.seats.length,
      round: 1,
      basis: consents.conference === '' ? 'emergency' : 'consent',
      hash,
      packVersion: time.rules.version,
      overridden: false,
    });

    const opinions = [...plan.told.opinions];
    for (const [i, seat] of plan.seats.entries())
      this.#invitation(seat, { roundId, at, deadline, hash, opinionAt: opinionAt(i), order: i }, opinions);

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
      number: this.#number,
      heldAt: plan.at.held ?? null,
      version: over ? 2 : 1,
    });
    this.#event('support.conference-planned', addMs(at, MINUTE), by, { kind: 'conference', id: conferenceId });
    this.#tell([plan.asker], 'support.conference-planned', addMs(at, MINUTE));
    if (plan.at.held !== undefined) this.#held(plan.at.held, conferenceId, by, answered);
    return dayOf(planned);
  }

  /** A moment between two, never in the future. */
  #between(from: Instant, to: Instant, part: number): Instant {
    const until = Math.min(msOf(to), msOf(this.#ctx.time.now) - 5 * MINUTE);
    const plain = addMs(from, Math.max(MINUTE, Math.floor((until - msOf(from)) * Math.min(part, 0.97))));
    const waking = this.#ctx.time.waking(plain);
    return msOf(waking) > msOf(from) + MINUTE && msOf(waking) < until ? waking : plain;
  }

  #invitation(
    seat: Seat,
    of: { roundId: string; at: Instant; deadline: Instant; hash: string; opinionAt: Instant; order: number },
    opinions: StoryOpinion[],
  ): void {
    const { rows, district, random } = this.#ctx;
    const plan = this.#plan;
    const id = idOf(of.at);
    const answeredAt = seat.state === 'invited' ? null : this.#between(of.at, of.deadline, 0.15 + of.order * 0.08);
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
      number: this.#number,
      domain: plan.story.domain,
    });
    this.#tell([seat.expert], 'support.invited', of.at, { kind: 'invitation', id });
    if (answeredAt === null) return;
    const record = { kind: 'invitation', id };
    this.#event(seat.state === 'declined' ? 'support.invitation-declined' : 'support.invitation-accepted', answeredAt, seat.expert, record);
    if (reads) this.#event('support.packet-opened', addMs(answeredAt, 12 * MINUTE), seat.expert, { ...record, facts: { hash: of.hash } });
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
    this.#event('support.opinion-given', of.opinionAt, seat.expert, record);
    this.#tell([plan.holder], 'support.opinion-given', of.opinionAt);
  }

  /** The conference was held: minutes, decisions as actions, and lines of support by field, side by side. */
  #held(at: Instant, conferenceId: string, by: Staff, seats: readonly Seat[]): void {
    const { rows, district, time } = this.#ctx;
    const plan = this.#plan;
    const { told } = plan;
    const districtId = district.id;
    const written = addMs(at, 130 * MINUTE);
    rows.add('supportMinutes', {
      districtId,
      id: conferenceId,
      requestId: plan.id,
      minutes: told.minutes,
      consensus: `会诊形成共识：${told.decisions.map((d) => `${helpFieldLabels[d.field]}方面，${d.text}`).join('')}`,
      attendeeIds: seats.map((s) => s.expert.expertId),
      writtenBy: by.personId,
    });
    this.#move('following', 'support.conference-held', written, by, {
      experts: seats.length,
      decisions: told.decisions.length,
      packVersion: time.rules.version,
    });
    this.#tell([plan.asker], 'support.conference-held', written);
    const closing = plan.at.over;
    for (const [i, decision] of told.decisions.entries()) {
      const owner = ([plan.asker, by, plan.asker] as const)[i % 3] as Staff;
      const done = closing !== undefined || i === 0 || plan.allDone;
      const failed = plan.solved === false && i > 0;
      const doneAt = closing === undefined ? this.#between(written, time.now, 0.5) : this.#between(written, closing, 0.5 + i * 0.09);
      const dueOn =
        closing === undefined
          ? time.day(i === 1 && plan.lateBy > 0 ? -plan.lateBy : i === 0 ? -1 : 3 + i * 5)
          : dayOf(addMs(doneAt, 2 * 24 * 60 * MINUTE));
      const actionId = idOf(written);
      const status = done ? (failed ? 'not-possible' : 'done') : 'open';
      const result = done ? (failed ? '多方联系后仍未落实，原因已告知服务对象。' : decision.doneText) : null;
      rows.add('supportAction', {
        districtId,
        id: actionId,
        requestId: plan.id,
        conferenceId,
        ownerId: owner.personId,
        dueOn,
        says: decision.text,
        status,
        result,
        doneAt: done ? doneAt : null,
        number: this.#number,
      });
      this.#event('support.action-assigned', written, by, { kind: 'action', id: actionId });
      this.#tell([owner], 'support.action-assigned', written, { kind: 'action', id: actionId });
      if (done) this.#event('support.action-done', doneAt, owner, { kind: 'action', id: actionId, facts: { status } });

      // Persons told whole have a line for every field (LH-24); elsewhere the conference itself is no line.
      if (plan.story.persona === null && decision.kind === 'consultation') continue;
      const openedAt = addMs(written, (5 + i) * MINUTE);
      const provider = ['referral', 'resource-link'].includes(decision.kind)
        ? district.providers.filter((p) => p.helpFields.includes(decision.field))
        : [];
      const expert = seats.find((s) => s.fields.includes(decision.field))?.expert;
      const lineId = idOf(openedAt);
      const task = told.opinions.find((o) => o.field === decision.field)?.advice ?? decision.text;
      rows.add('supportLine', {
        districtId,
        id: lineId,
        requestId: plan.id,
        helpField: decision.field,
        kind: lineKinds[decision.kind],
        holderId: provider.length > 0 ? null : (expert ?? plan.asker).personId,
        providerName: provider[(i + plan.round) % Math.max(1, provider.length)]?.name ?? null,
        task,
        status,
        result,
        openedAt,
        closedAt: done ? doneAt : null,
        number: this.#number,
      });
      this.#event('support.line-opened', openedAt, by, {
        kind: 'line',
        id: lineId,
        field: decision.field,
        facts: { kind: lineKinds[decision.kind] },
      });
      if (done)
        this.#event('support.line-closed', addMs(doneAt, 7 * MINUTE), owner, {
          kind: 'line',
          id: lineId,
          field: decision.field,
          facts: { status },
        });
    }
  }

  /** The next date of a request that is being followed up. */
  #follow(at: Instant): string {
    const { time } = this.#ctx;
    return this.#plan.lateBy > 0 ? time.day(-this.#plan.lateBy) : time.day(Math.max(2, 8 - (daysBetween(dayOf(at), time.today) % 5)));
  }

  #end(at: Instant, identities: readonly KnownIdentity[]): string | null {
    const { district, random } = this.#ctx;
    const plan = this.#plan;
    const { asker } = plan;
    const by = this.#screener();
    const version = this.#ctx.time.rules.version;
    switch (plan.end) {
      case 'closed':
        return this.#close(at, identities);
      case 'declined': {
        const [reason, otherRoute] = random.pick(text.refusals);
        const said = this.#screening('decline', `${reason}\n仍可求助的途径：${otherRoute}`, { reason, otherRoute });
        this.#move('declined', 'support.declined', at, by, { checklistVersion: version }, said);
        this.#tell([asker], 'support.declined', at);
        return null;
      }
      case 'advised':
        this.#advise(at, by);
        return null;
      case 'withdrawn':
        this.#move('withdrawn', 'support.withdrawn', at, asker, {}, { kind: 'withdrawal', says: random.pick(text.withdrawals) });
        return null;
      case 'ended-elsewhere':
        this.#move('ended-elsewhere', 'support.ended-elsewhere', at, by, {}, { kind: 'elsewhere', says: random.pick(text.elsewhere) });
        this.#tell([asker], 'support.ended-elsewhere', at);
        return null;
      case 'duplicate': {
        const of = plan.duplicateOf?.archiveNo ?? plan.duplicateOf?.receiptNo ?? '';
        this.#move(
          'duplicate',
          'support.duplicate',
          at,
          district.named.centre,
          { of: plan.duplicateOf?.receiptNo ?? null },
          { kind: 'duplicate', says: `与 ${of} 重复` },
        );
        return null;
      }
      default:
        throw new RangeError(`nothing ends as ${plan.end}`);
    }
  }

  #advise(at: Instant, by: Staff): void {
    const { rows, district, time, random } = this.#ctx;
    const plan = this.#plan;
    const advice = random.pick(text.advices);
    this.#move('advised', 'support.diverted', at, by, { checklistVersion: time.rules.version }, this.#screening('divert', advice));
    const supervisor = district.named.supervisor;
    const done = daysBetween(dayOf(at), time.today) > 40;
    const id = idOf(at);
    const closedAt = done ? time.after(addDays(dayOf(at), 18), 0, random) : null;
    rows.add('supportLine', {
      districtId: district.id,
      id,
      requestId: plan.id,
      helpField: plan.story.helpFields[0] ?? 'family',
      kind: 'supervision',
      holderId: supervisor.personId,
      providerName: null,
      task: advice,
      status: done ? 'done' : 'open',
      result: done ? '已督导两次，社工调整了会谈安排，目标减为两项。' : null,
      openedAt: at,
      closedAt,
      number: this.#number,
    });
    this.#tell([supervisor], 'support.line-opened', at, { kind: 'line', id });
    this.#tell([plan.asker], 'support.diverted', at);
    if (closedAt !== null) this.#event('support.line-closed', closedAt, supervisor, { kind: 'line', id, facts: { status: 'done' } });
  }

  #close(at: Instant, identities: readonly KnownIdentity[]): string {
    const { rows, district, random } = this.#ctx;
    const plan = this.#plan;
    const by = notUndefined(plan.holder ?? undefined, 'holder');
    const solved = plan.solved === true;
    const followUpOn = addDays(dayOf(at), 90);
    rows.add('supportClosing', {
      districtId: district.id,
      id: plan.id,
      solved,
      evaluation: solved
        ? `${plan.told.closing.result}\n${plan.told.closing.reflection}`
        : '主要问题未能解决，已就可用资源与后续求助途径向服务对象说明，由本站继续跟进。',
      satisfaction: solved ? random.int(4, 5) : random.int(2, 3),
      followUpOn,
      byId: by.personId,
      at,
    });
    this.#move('closed', 'support.closed', at, by, { solved });
    this.#tell([plan.asker], 'support.closed', at);
    if (plan.publication !== null) this.#publish(identities);
    return followUpOn;
  }

  /** The publication: drafted with the record's names, every finding decided, released by a second person of the centre. */
  #publish(identities: readonly KnownIdentity[]): void {
    const { rows, district } = this.#ctx;
    const plan = this.#plan;
    const publication = notUndefined(plan.publication ?? undefined, 'publication');
    const { person } = plan.caseOf;
    const { draftedAt, releasedAt, drafter, releaser } = publication;
    const [pseudonym, childPseudonym] = this.#pseudonyms();
    const { title, ...written } = tellPublication(plan.story, plan.round, { name: person.name, child: person.child ?? '' });
    // A draft just begun stands as it was composed of the work, with everything to be decided.
    const sections = publication.decided ? written : this.#composed();
    const methods = [...plan.story.methods];
    const known: KnownIdentity[] = [
      ...withPseudonym(identities, pseudonym).map((one) =>
        one.value === person.child && one.kind === 'name' ? { ...one, replacement: childPseudonym } : one,
      ),
      { kind: 'name', value: plan.asker.name, replacement: '某社工' },
    ];
    if (known.some((one) => one.replacement === NAMELESS)) throw new RangeError('a name has no pseudonym');
    const raw: Readonly<Record<Part, string>> = { title, methods: methods.join('\n'), ...sections };
    const released = releasedAt !== null;
    const draftId = idOf(draftedAt);
    rows.add('publicationDraft', {
      districtId: district.id,
      id: draftId,
      requestId: plan.id,
      status: released ? 'released' : 'draft',
      title,
      pseudonym,
      methods,
      sections: JSON.stringify(sections),
      draftedBy: drafter.personId,
      createdAt: draftedAt,
      updatedAt: releasedAt ?? draftedAt,
      version: released ? 3 : 1,
    });
    let found = 0;
    const shown = Object.fromEntries(
      PARTS.map((part) => {
        const places = redact(raw[part], known).findings.map((f) => ({
          ...f,
          status: !publication.decided ? ('open' as const) : f.source === 'known' ? ('confirmed' as const) : ('kept' as const),
        }));
        found += places.length;
        for (const f of places) {
          rows.add('publicationFinding', {
            districtId: district.id,
            id: idOf(draftedAt),
            draftId,
            part,
            startAt: f.start,
            endAt: f.end,
            kind: f.kind,
            original: f.original,
            replacement: f.replacement,
            source: f.source,
            status: f.status,
            reason: f.status === 'kept' ? '普通词语，不指向具体的人。' : null,
            decidedBy: f.status === 'open' ? null : drafter.personId,
          });
        }
        return [part, applyFindings(raw[part], places)];
      }),
    ) as Record<Part, string>;
    const record = { kind: 'draft', id: draftId };
    this.#event('casebank.drafted', draftedAt, drafter, { ...record, facts: { findings: found } });
    if (publication.decided) {
      this.#event('casebank.findings-confirmed', addMs(draftedAt, 40 * MINUTE), drafter, { ...record, facts: { decided: found } });
    }
    if (releasedAt === null) {
      this.#tell([releaser], 'casebank.drafted', draftedAt, record);
      return;
    }
    const { title: shownTitle, methods: shownMethods, ...shownSections } = shown;
    const entryId = idOf(releasedAt);
    rows.add('casebankEntry', {
      id: entryId,
      districtId: district.id,
      number: publication.number,
      draftId,
      title: shownTitle,
      domain: plan.story.domain,
      helpFields: [...plan.story.helpFields],
      methods: shownMethods.split('\n'),
      year: Number(dayOf(notUndefined(plan.at.over, 'closing')).slice(0, 4)),
      sections: JSON.stringify(shownSections),
      searchText: searchTextOf(shownTitle, shownSections),
      draftedBy: drafter.personId,
      releasedBy: releaser.personId,
      releasedOn: dayOf(releasedAt),
    });
    this.#event('casebank.released', releasedAt, releaser, { ...record, facts: { entry: entryId, number: publication.number } });
    this.#tell([plan.asker], 'casebank.released', releasedAt, { kind: 'entry', id: entryId });
  }

  #composed(): Sections {
    const { told } = this.#plan;
    return composeSections({
      story: told.story,
      tried: told.tried,
      conferences: [{ minutes: told.minutes, consensus: told.decisions.map((d) => d.text).join('') }],
      actions: told.decisions.map((d) => ({ says: d.text, result: d.doneText })),
      lines: [],
      evaluation: `${told.closing.result}\n${told.closing.reflection}`,
    });
  }

  /** Pseudonyms for the recipient and the child, without a character of their names. */
  #pseudonyms(): readonly [string, string] {
    const { random } = this.#ctx;
    const { person } = this.#plan.caseOf;
    const { persona, child } = this.#plan.story;
    const strange = (name: string) => ![...`${person.name}${person.child ?? ''}`].some((c) => name.includes(c));
    const own = persona?.pseudonym ?? random.pick(pseudonyms[person.gender].filter(strange));
    const small = pseudonyms[child?.gender ?? 'female'].filter((n) => n.startsWith('小') && n !== own && strange(n));
    return [own, random.pick(small)];
  }
}

import type { ContactKind, ContactSource, ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type ContactPlace, dropContact, placeOfStation, putContact } from './store.ts';

/** An act of service, told by the room in which it happens. */
export type Contact = {
  readonly kind: ContactKind;
  readonly domain: ServiceDomain;
  readonly happenedOn: string;
  /** Null where nobody said how long it took. */
  readonly minutes: number | null;
  /** Times (人次): how many were there. */
  readonly people: number;
  /** Persons among them who are known, by opaque keys; the recipient when nothing is said. */
  readonly who?: readonly string[] | undefined;
  readonly caseId?: string | undefined;
  readonly recipientId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly activityId?: string | undefined;
  readonly sourceKind: ContactSource;
  readonly sourceId: string;
  /** Where it is counted; the post of whoever acts when nothing is said. */
  readonly place?: ContactPlace | undefined;
  /** Who served; whoever acts when nothing is said. */
  readonly workerId?: string | undefined;
};

/** The station where somebody works as a social worker, and who runs it. */
export const ownPlace = async (ctx: Pick<Ctx, 'tx' | 'actor'>): Promise<ContactPlace | undefined> => {
  const held = ctx.actor.assignments.filter((a) => a.role === 'worker');
  const post = held.find((a) => a.deputyFor === null) ?? held[0];
  const stationId = post?.stationId ?? ctx.actor.stationId;
  const place = stationId === null ? undefined : await placeOfStation(ctx.tx, stationId);
  if (place === undefined) return undefined;
  return { ...place, organisationId: post?.organisationId ?? ctx.actor.organisationId ?? place.organisationId };
};

/**
 * Keeps an act of service as one row. Told again, it replaces its row, so that whoever corrects an act tells it again. An act by somebody
 * without a station is counted nowhere.
 */
export const recordContact = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'now' | 'id'>, act: Contact): Promise<void> => {
  const place = act.place ?? (await ownPlace(ctx));
  if (place === undefined) return;
  await putContact(ctx.tx, ctx.actor.districtId, {
    id: ctx.id(),
    stationId: place.stationId,
    organisationId: place.organisationId,
    divisionPath: place.divisionPath,
    sourceKind: act.sourceKind,
    sourceId: act.sourceId,
    kind: act.kind,
    domain: act.domain,
    happenedOn: act.happenedOn,
    minutes: act.minutes,
    people: act.people,
    who: [...new Set(act.who ?? (act.recipientId === undefined ? [] : [act.recipientId]))].slice(0, act.people),
    workerId: act.workerId ?? ctx.actor.personId,
    caseId: act.caseId ?? null,
    recipientId: act.recipientId ?? null,
    groupId: act.groupId ?? null,
    activityId: act.activityId ?? null,
    writtenAt: ctx.now,
  });
};

/** Takes the row of an act back that did not happen after all. */
export const withdrawContact = (ctx: Pick<Ctx, 'tx' | 'actor'>, sourceKind: ContactSource, sourceId: string): Promise<boolean> =>
  dropContact(ctx.tx, ctx.actor.districtId, sourceKind, sourceId);

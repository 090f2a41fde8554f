/**
 * The bank in the words of the Human Services Data Specification 3.0 (Open Referral), and back. What the specification has a place for
 * goes there; what it lacks goes into attributes with our own taxonomy, so that our own export comes back without a change.
 */
import type { HelpField } from '../shared/fields.ts';
import { helpFieldLabels } from '../shared/fields.ts';
import type { Eligibility, Rule } from './eligibility.ts';

/** A resource as the exchange knows it. */
export type Exchanged = {
  readonly kind: 'policy' | 'resource';
  readonly policyType: 'benefit' | 'special' | 'norm' | 'talent' | null;
  readonly name: string;
  readonly category: string;
  readonly audience: string;
  readonly authority: string;
  readonly conditions: string;
  readonly materials: readonly string[];
  readonly summary: string;
  readonly helpFields: readonly HelpField[];
  readonly issuingTier: 'nation' | 'province' | 'city' | 'district' | 'street';
  readonly phone: string | null;
  readonly source: string;
  readonly documentNo: string | null;
  readonly documentOn: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly eligibility: Eligibility | null;
  readonly reviewOn: string | null;
};

const TAXONOMY = 'jieyou';

// An id that follows from the service's own, so that two exports of one bank are the same: the eighth version marks it as made up.
const derived = (id: string, order: number): string => {
  const last = (Number.parseInt(id.slice(-3), 16) ^ order).toString(16).padStart(3, '0');
  return `${id.slice(0, 14)}8${id.slice(15, 33)}${last}`;
};

// The ages that every way to fit has in common; the rules themselves travel whole.
const agesOf = (rule: Rule): { minimum_age?: number; maximum_age?: number } => {
  if (rule.kind === 'age') {
    return { ...(rule.min === null ? {} : { minimum_age: rule.min }), ...(rule.max === null ? {} : { maximum_age: rule.max }) };
  }
  if (rule.kind !== 'all') return {};
  const ages = rule.of.map(agesOf);
  const least = ages.flatMap((a) => a.minimum_age ?? []);
  const most = ages.flatMap((a) => a.maximum_age ?? []);
  return {
    ...(least.length === 0 ? {} : { minimum_age: Math.max(...least) }),
    ...(most.length === 0 ? {} : { maximum_age: Math.min(...most) }),
  };
};

const own = [
  'kind',
  'policyType',
  'category',
  'audience',
  'conditions',
  'issuingTier',
  'source',
  'documentNo',
  'documentOn',
  'reviewOn',
] as const satisfies readonly (keyof Exchanged)[];

/** A resource as a service of the specification. `id` is the service's, `valid` whether it holds today. */
export const toService = (
  id: string,
  one: Exchanged,
  shown: { readonly divisionName: string; readonly valid: boolean; readonly intakeSays: string },
): object => {
  let order = 0;
  const next = () => derived(id, ++order);
  const attribute = (code: string, name: string, value: string) => ({
    id: next(),
    link_id: id,
    link_type: TAXONOMY,
    link_entity: 'service',
    value,
    taxonomy_term: { id: next(), code: `${TAXONOMY}.${code}`, name, description: name, taxonomy: TAXONOMY },
  });
  return {
    id,
    name: one.name,
    description: one.summary,
    status: shown.valid ? 'active' : 'inactive',
    wait_time: shown.intakeSays,
    eligibility_description: `${one.audience}\n${one.conditions}`,
    ...(one.eligibility === null ? {} : agesOf(one.eligibility)),
    ...(one.documentOn === null ? {} : { assured_date: one.documentOn }),
    organization: { id: next(), name: one.authority, description: one.authority },
    phones: one.phone === null ? [] : [{ id: next(), service_id: id, number: one.phone }],
    required_documents: one.materials.map((document) => ({ id: next(), service_id: id, document })),
    service_areas: [{ id: next(), service_id: id, name: shown.divisionName }],
    schedules: [
      {
        id: next(),
        service_id: id,
        valid_from: one.validFrom,
        ...(one.validTo === null ? {} : { valid_to: one.validTo }),
        description: 'jieyou.validity',
      },
    ],
    attributes: [
      ...one.helpFields.map((field) => attribute('helpField', helpFieldLabels[field], field)),
      ...own.flatMap((key) => {
        const value = one[key];
        return value === null ? [] : [attribute(key, key, value)];
      }),
      ...(one.eligibility === null ? [] : [attribute('eligibility', 'eligibility', JSON.stringify(one.eligibility))]),
    ],
  };
};

type Plain = Readonly<Record<string, unknown>>;
const plain = (value: unknown): Plain => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : {});
const listOf = (value: unknown): readonly Plain[] => (Array.isArray(value) ? value.map(plain) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const flat = (value: unknown): string => textOf(value).replace(/\s+/g, ' ');
const dayOf = (value: unknown): string | null => /^\d{4}-\d{2}-\d{2}/.exec(textOf(value))?.[0] ?? null;

/** The services of a file: an array, one service, or a page of services. Undefined for anything else. */
export const servicesOf = (file: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(file)) return file;
  const { services, contents, id, name } = plain(file);
  if (Array.isArray(services)) return services;
  if (Array.isArray(contents)) return contents;
  return typeof id === 'string' && typeof name === 'string' ? [file] : undefined;
};

/** A service of the specification as the draft of a resource, still to be checked; `id` is empty where it has none. */
export const fromService = (
  given: unknown,
  fallback: { readonly helpFields: readonly HelpField[]; readonly today: string },
): { readonly id: string; readonly draft: Readonly<Record<keyof Exchanged, unknown>> } => {
  const service = plain(given);
  const ours = new Map<string, string[]>();
  for (const attribute of listOf(service.attributes)) {
    const code = textOf(plain(attribute.taxonomy_term).code);
    if (code.startsWith(`${TAXONOMY}.`) && typeof attribute.value === 'string') {
      const key = code.slice(TAXONOMY.length + 1);
      ours.set(key, [...(ours.get(key) ?? []), attribute.value]);
    }
  }
  const said = (key: string): string | undefined => ours.get(key)?.[0];
  const eligibility = textOf(service.eligibility_description);
  const terms = listOf(service.attributes).map((a) => flat(plain(a.taxonomy_term).name));
  const validity = listOf(service.schedules).find((s) => s.description === `${TAXONOMY}.validity`);
  const age = (value: unknown) => (typeof value === 'number' && Number.isInteger(value) ? value : null);
  const [least, most] = [age(service.minimum_age), age(service.maximum_age)];
  const rules = said('eligibility');
  const parsed = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  const phone = flat(listOf(service.phones)[0]?.number).replace(/^"|"$/g, '');
  return {
    id: textOf(service.id).toLowerCase(),
    draft: {
      kind: said('kind') ?? 'resource',
      policyType: said('policyType') ?? null,
      name: flat(service.name),
      category: said('category') ?? terms.find((t) => t !== '')?.slice(0, 30) ?? '其他机构提供',
      audience: said('audience') ?? (eligibility === '' ? '没有写明，请先问' : eligibility),
      authority: flat(plain(service.organization).name) || '没有写明',
      conditions: said('conditions') ?? (eligibility === '' ? '没有写明，请先问' : eligibility),
      materials: listOf(service.required_documents)
        .map((d) => flat(d.document))
        .filter((d) => d !== ''),
      summary: textOf(service.description) || flat(service.name),
      helpFields: ours.get('helpField') ?? fallback.helpFields,
      issuingTier: said('issuingTier') ?? 'district',
      phone: phone === '' ? null : phone,
      source: said('source') ?? `HSDS 服务 ${textOf(service.id)}`,
      documentNo: said('documentNo') ?? null,
      documentOn: said('documentOn') ?? null,
      validFrom: dayOf(validity?.valid_from) ?? dayOf(service.assured_date) ?? dayOf(service.last_modified) ?? fallback.today,
      validTo: dayOf(validity?.valid_to),
      eligibility:
        rules !== undefined
          ? parsed(rules)
          : ours.size === 0 && (least !== null || most !== null)
            ? { kind: 'all', of: [{ kind: 'age', min: least, max: most }] }
            : null,
      reviewOn: said('reviewOn') ?? null,
    },
  };
};

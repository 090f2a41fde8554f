/** Turns the compact form in which the stories are written into the typed story that the loader reads. */
import type { Gender } from '../names.ts';
import type { CaseDomain, HelpField, Range, Story, SupportKind } from '../types.ts';

const fieldOf: Readonly<Record<string, HelpField>> = {
  教: 'education', 家: 'family', 心: 'psychology', 法: 'law', 经: 'economy', 医: 'medical', 业: 'employment',
};
const kindOf: Readonly<Record<string, SupportKind>> = {
  转介: 'referral', 督导: 'supervision', 会诊: 'consultation', 研讨: 'seminar', 资源: 'resource-link',
};

/** One expertise by its one-character Chinese abbreviation. */
function field(abbreviation: string): HelpField {
  const found = fieldOf[abbreviation];
  if (!found) throw new RangeError(`unknown field ${abbreviation}`);
  return found;
}

type Opinion = readonly [field: string, judgement: string, advice: string, risk: string];

/** A story as it is written: abbreviations for fields and checklist items, tuples for opinions and decisions. */
export interface StoryForm {
  key: string;
  /** Abbreviations out of 教家心法经医业. */
  fields: string;
  title: string;
  who: readonly [Gender, Range];
  child?: readonly [Gender, Range];
  months: Range;
  amount?: Range;
  household: string;
  story: string;
  tried: string;
  asks: string;
  /** Items that apply, out of 危双资超败多升 in the order of the checklist. */
  check: string;
  wish?: Story['wish'];
  opinions: readonly [Opinion, Opinion, Opinion];
  decisions: readonly (readonly [field: string, kind: string, text: string, doneText: string])[];
  minutes: string;
  closing: readonly [result: string, reflection: string];
  methods: string;
  publication: readonly [title: string, background: string, process: string, outcome: string, reflection: string];
  persona?: Story['persona'];
}

/** Stories of one domain, from their written form. */
export function storiesOf(domain: CaseDomain, forms: readonly StoryForm[]): Story[] {
  return forms.map((form) => {
    const [title, background, process, outcome, reflection] = form.publication;
    const opinion = ([abbreviation, judgement, advice, risk]: Opinion) => ({ field: field(abbreviation), judgement, advice, risk });
    return {
      key: form.key,
      domain,
      helpFields: [...form.fields].map(field),
      title: form.title,
      recipient: { gender: form.who[0], age: form.who[1] },
      child: form.child ? { gender: form.child[0], age: form.child[1] } : null,
      months: form.months,
      amount: form.amount ?? [1000, 3000],
      household: form.household,
      story: form.story,
      tried: form.tried,
      asks: form.asks,
      checklist: {
        imminentRisk: form.check.includes('危'),
        problemsAtOnce: form.check.includes('双'),
        lackOfResources: form.check.includes('资'),
        beyondExperience: form.check.includes('超'),
        earlierAttemptsFailed: form.check.includes('败'),
        severalDepartments: form.check.includes('多'),
        riskRising: form.check.includes('升'),
      },
      wish: form.wish ?? null,
      opinions: [opinion(form.opinions[0]), opinion(form.opinions[1]), opinion(form.opinions[2])],
      decisions: form.decisions.map(([abbreviation, kind, text, doneText]) => {
        const support = kindOf[kind];
        if (!support) throw new RangeError(`unknown kind of support ${kind}`);
        return { field: field(abbreviation), kind: support, text, doneText };
      }),
      minutes: form.minutes,
      closing: { result: form.closing[0], reflection: form.closing[1] },
      methods: form.methods.split(' '),
      publication: { title, background, process, outcome, reflection },
      persona: form.persona ?? null,
    };
  });
}

import { conditionSays, type Rule } from '@jieyou/core/resources/eligibility.ts';

const headings = { all: '全部都要符合：', any: '符合其中一项就可以：', not: '有其中一项就不受理：' } as const;

/** Rules as people read them. */
export function RulesInWords({ rule }: { readonly rule: Rule }) {
  if (!('of' in rule)) return <>{conditionSays(rule)}</>;
  return (
    <div>
      <div className="jy-secondary">{headings[rule.kind]}</div>
      <ul>
        {rule.of.map((part, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
          <li key={i}>
            <RulesInWords rule={part} />
          </li>
        ))}
      </ul>
    </div>
  );
}

// Writes docs/access.md from the table of expected answers, which the access walk asks one by one. `--check` compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mainPath, rooms } from '../apps/server/test/access.data.ts';
import { allEndpoints } from '../packages/core/src/endpoints.ts';
import { Role } from '../packages/core/src/identity/schema.ts';
import { roleLabels } from '../packages/core/src/texts/labels.ts';

const file = join(import.meta.dirname, '../docs/access.md');
const roles = Role.options;
const says = (id) => allEndpoints.find((endpoint) => endpoint.id === id)?.says ?? id;

/** How far one's own reaches, in the words of each role. */
const OWN = { head: '本站', agency: '本机构', street: '本街道' };

const words = (role, expected, personal) => {
  if (expected === 403) return '—';
  if (expected === 200) return '能';
  const [own, other, far] = expected;
  if (own === 200 && other === 200 && far === 200) return '各区';
  if (own === 200 && other === 200) return '本区';
  if (own === 200) return personal ? '本人的' : (OWN[role] ?? '本人的');
  return String(own).startsWith('409') ? '暂不能' : '看不到';
};

const table = (room) => `## ${room.title}

| 做什么 | ${roles.map((role) => roleLabels[role]).join(' | ')} | 未登录 | 说明 |
|---|${roles.map(() => '---|').join('')}---|---|
${room.rows
  .map((row) => {
    const what = says(row.endpoint) + (row.about === null ? '' : `〔${row.about}〕`);
    return `| ${what} | ${roles.map((role) => words(role, row.roles[role], row.personal)).join(' | ')} | ${row.nobody === 200 ? '能' : '—'} | ${row.says} |`;
  })
  .join('\n')}
`;

const text = `# 谁能做什么

本页由 \`scripts/access-doc.mjs\` 从 \`apps/server/test/access.data.ts\` 生成，请勿手改；改动那张表后运行 \`node scripts/access-doc.mjs\`。
那张表是人工写下的期望，不由程序里的权限推出。每次测试都会以每个角色、对自己的和别人的记录逐格去问平台，答得不一样就不通过。

## 怎样读

| 格子 | 意思 |
|---|---|
| 能 | 可以用；清单里只出现本人看得到的记录 |
| 本人的 | 只限自己的：自己承办或协办的个案、自己的求助、给自己的邀请、由自己主持或负责的事 |
| 本站、本机构、本街道 | 只限所在范围 |
| 本区 | 本区的都可以，别区的看不到 |
| 各区 | 全平台互通 |
| 看不到 | 可以用这个功能，但没有属于自己的这类记录；问起来与不存在的记录回答一样 |
| 暂不能 | 还差一个条件，平台会说明差什么 |
| — | 不能，平台回答“角色无权使用” |

几条总的规矩：

- 看不到的记录与不存在的记录，平台的回答一字不差，问的人无从得知它是否存在。
- 服务对象的姓名、证件号、电话、住址一律打码；要看原文，一次一项，写明理由，留下记录。
- 三员（系统、安全、审计管理员）互斥，都不看个案与求助的内容。
- 机构负责人、主管部门、街道只见求助的登记信息（编号、状态、时限、站点），不见案情。
- 请假期间由代理人代行，代理人只得到被代理人的范围，不得更大。
- 被拒绝的请求也有记录，审计管理员看得到。

${rooms.map(table).join('\n')}
## 主线上的每一步由谁来做

| 步骤 | 由谁 |
|---|---|
${mainPath.map(([id, actors]) => `| ${says(id)} | ${actors.map((role) => roleLabels[role]).join('、')} |`).join('\n')}

其他角色去做上面的任何一步，都会被拒绝。
`;

if (process.argv.includes('--check')) {
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (kept === text) process.exit(0);
  const [was, is] = [kept.split('\n'), text.split('\n')];
  const at = is.findIndex((line, i) => line !== was[i]);
  console.error(`docs/access.md 已过时：node scripts/access-doc.mjs\n第 ${at + 1} 行\n- ${was[at] ?? ''}\n+ ${is[at] ?? ''}`);
  process.exit(1);
}
writeFileSync(file, text);

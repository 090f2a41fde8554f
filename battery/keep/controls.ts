/**
 * Threats, items of OWASP ASVS 5.0 and of 等保 level 3, each with the control that answers it and the test that shows it. Other
 * batteries have lists of the same shape; scripts/trust-docs.mjs makes docs/security.md of all.
 */
import type { Control } from '../battery.ts';

const server = (file: string, name: string) => ({ file: `apps/server/${file}`, name });
const access = (name: string) => server('test/access.test.ts', name);
const rls = (name: string) => server('test/rls.test.ts', name);
const laws = (name: string) => server('test/laws.test.ts', name);
const door = (name: string) => server('test/door.test.ts', name);
const signIn = (name: string) => server('src/identity/identity.test.ts', name);
const replies = (name: string) => server('test/security.test.ts', name);
const keep = (file: string, name: string) => ({ file: `battery/keep/${file}.test.ts`, name });

export const controls: readonly Control[] = [
  {
    threat: '越权调用接口',
    says: '谁能用哪个接口写成一张人能读的表，由测试逐格核对',
    control: '每个接口声明允许的角色；不在其列的一律 403，先于查看任何内容',
    asvs: ['8.1.1', '8.2.1'],
    dengbao: ['8.1.4.2 访问控制'],
    test: laws('answer 403 to a role that may never use them, before they look at anything'),
  },
  { says: '允许表以中文写明谁可以做什么，由手写的期望生成', asvs: ['8.1.1'], test: access('is the source of docs/access.md') },
  {
    threat: '读到别人负责的个案（改编号、搜索、排序、导出、消息）',
    says: '每个角色的每种列表、搜索、计数、导出和消息里，没有别处内容的一个字',
    control: '可及范围写进每条查询；不可及的与不存在的答复相同',
    asvs: ['8.2.2'],
    test: access('lists, searches, counts, exports and messages of every account hold no word of another scope'),
  },
  {
    threat: '看到不该看的字段',
    says: '姓名、证件、电话、住址只以遮盖形式出现，看一项须写理由并先留痕',
    asvs: ['8.1.2', '8.2.3'],
    dengbao: ['8.1.4.11 个人信息保护'],
    test: server('src/cases/cases.test.ts', 'unmasking opens one item, for a reason that is on record before the answer leaves'),
  },
  { says: '答复里没有接口声明以外的字段', asvs: ['8.2.3'], test: laws('drop what their schema does not declare, at the top and inside') },
  {
    threat: '绕过应用直接用平台的数据库账号读写',
    says: '同样的范围由行级安全再守一遍：看不见的内容改不了',
    control: '平台的登录角色不拥有任何东西，策略对它始终有效',
    asvs: ['8.3.1'],
    dengbao: ['8.1.4.2 访问控制'],
    test: rls('changes no content that the person does not see'),
  },
  {
    threat: '一个区县看到另一个区县',
    says: '写不进、读不到另一个区县的内容',
    asvs: ['8.4.1'],
    test: rls('writes no content into another district'),
  },
  {
    says: '印出的文书里内容一律转义',
    asvs: ['1.2.1', '1.3.1'],
    test: server('src/platform/print/print.test.ts', 'a paper holds what it was given, escaped, each line a paragraph'),
  },
  {
    says: '坏的请求体、未知路径和坏的游标被拒绝，不带数据库的一个字；查询都用参数',
    asvs: ['1.2.4', '16.5.1'],
    test: door('refuses a broken body, an unknown path and a broken cursor without a word of the database'),
  },
  {
    threat: '命令注入',
    says: '没有程序经由 shell 启动，也没有请求里的文字成为参数',
    asvs: ['1.2.5'],
    test: replies('no program is started through a shell, and none with words of a request'),
  },
  {
    threat: '借打印去访问内网',
    says: '打印用的浏览器不取任何网址',
    asvs: ['1.3.6'],
    test: server('src/platform/print/print.test.ts', 'a paper becomes an A4 PDF that fetched nothing, several at once'),
  },
  {
    threat: '上传的表格是压缩炸弹',
    says: '炸弹被拒绝，谎报大小的也一样；不解析外部实体',
    asvs: ['5.2.3', '1.5.1'],
    test: server('src/resources/importing.test.ts', 'a bomb, also one that lies about its size'),
  },
  {
    says: '输入按声明的形状逐项核对，在服务端',
    asvs: ['2.2.1', '2.2.2'],
    dengbao: ['8.1.4.4 数据有效性检验'],
    test: door('is answered field by field in Chinese'),
  },
  {
    says: '办理只按步骤走，走过的一步不会再走一次',
    asvs: ['2.3.1'],
    test: server('src/support/support.test.ts', 'happens once: the second finds that the request moved on'),
  },
  { says: '被拒绝的请求什么也没留下', asvs: ['2.3.3'], test: door('leaves nothing after a refusal, so that a corrected act may use it') },
  {
    says: '同时办理的人得到不同的号，不重不漏',
    asvs: ['2.3.4'],
    test: server('src/cases/cases.test.ts', 'many who open a case at once get different numbers without a gap'),
  },
  {
    threat: '撞库和暴力猜测',
    says: '连续失败逐步锁定，同时来的猜测也一个个计数',
    asvs: ['2.4.1', '6.3.1'],
    dengbao: ['8.1.4.1 登录失败处理'],
    test: signIn('counts parallel guesses one by one'),
  },
  {
    threat: '偷用登录',
    says: 'cookie 只给本站、HTTPS 和服务器，每次登录都是新的',
    asvs: ['3.3.1', '3.3.4', '7.2.4'],
    test: replies('the cookie of a session is for this host, HTTPS and the server alone, and is another one after each signing in'),
  },
  {
    says: '答复不留在浏览器和代理里，有内容安全策略，不能嵌进别的页面',
    asvs: ['3.4.3', '14.3.2'],
    dengbao: ['8.1.4.10 剩余信息保护'],
    test: replies('no reply of the interface is kept by a browser or a proxy, guessed at, or shown inside another page'),
  },
  { threat: '别的网站冒用登录', says: '写请求须带口令牌', asvs: ['3.5.1'], test: laws('that write answer 403 without the forgery token') },
  { says: '别的网站读不到任何答复', asvs: ['3.5.1'], test: replies('no reply names a site that may read it, whatever site asks') },
  {
    threat: '伪装的附件',
    says: '附件按内容而不按名字认定种类，名字换成自己的，加密存放，只作下载',
    asvs: ['5.2.2', '5.3.2', '5.4.1'],
    test: server(
      'src/cases/cases.test.ts',
      'a file is taken for what its content shows, kept encrypted, and given back to those who see the case',
    ),
  },
  {
    says: '没有资格的人在文件被读取之前就被拒绝；大小与个数有上限',
    asvs: ['5.2.1'],
    test: server('src/cases/cases.test.ts', 'a stranger is turned away before the file is read'),
  },
  {
    says: '口令至少 10 个字，不在四万九千个常用口令里，也不含账号',
    asvs: ['6.2.1', '6.2.4'],
    dengbao: ['8.1.4.1 口令复杂度'],
    test: replies('a password is long, and none of those with which guessing starts'),
  },
  {
    says: '一次性口令首次登录必须修改，要求第二因素的人必须绑定',
    asvs: ['6.3.2'],
    test: signIn('must be changed before anything else, and a required second factor enrolled'),
  },
  {
    says: '重要角色须有第二因素',
    asvs: ['6.3.3'],
    dengbao: ['8.1.4.1 两种以上鉴别技术'],
    test: signIn('asks those who must carry one for the second factor'),
  },
  {
    threat: '被引到不加密的网址',
    says: '只经 HTTPS 使用时，每个答复都让浏览器记住（HSTS 一年）；nginx 示例也发',
    asvs: ['3.4.1'],
    test: replies('reached by HTTPS alone, the platform has browsers remember it'),
  },
  {
    threat: '网址进了日志、书签和浏览记录',
    says: '按姓名、证件号码、电话查找时，网址里只有密文，换一个人就打不开',
    asvs: ['14.2.1'],
    test: server('src/cases/cases.test.ts', 'what is looked for stands sealed in the address, and opens for nobody else'),
  },
  { says: '动态口令只用一次', asvs: ['6.3.3'], test: signIn('takes a code once') },
  {
    says: '不操作就失效，到时也失效',
    asvs: ['7.3.1'],
    dengbao: ['8.1.4.1 登录超时退出'],
    test: signIn('ends when nobody uses it, and in any case after its hours'),
  },
  { says: '停用的账号立刻出局，与不存在的一样', asvs: ['7.4.2'], test: signIn('keeps a disabled account out, like an unknown one') },
  {
    says: '被拒绝的读取同样留痕',
    asvs: ['16.3.2'],
    dengbao: ['8.1.4.3 安全审计'],
    test: door('that is refused is recorded too'),
  },
  { says: '每次登录尝试都留痕', asvs: ['16.3.2'], dengbao: ['8.1.4.3 安全审计'], test: signIn('leaves a record of each attempt') },
  {
    threat: '请求里多塞字段',
    says: '接口写明的字段以外不收不答；形状与接口文档逐字一致',
    asvs: ['15.3.3'],
    test: laws('says of every endpoint, with its references resolved, exactly what its schemas say'),
  },
  {
    threat: '管理员一人独大',
    says: '三类管理员互斥，也不能兼任何业务角色',
    dengbao: ['三员分立'],
    test: server('src/workforce/workforce.test.ts', 'the three administrators exclude each other and every other role, deputies included'),
  },
  {
    threat: '改掉或关掉审计',
    says: '平台自己的角色不能改、不能删、不能清空审计，审计管理员也不能',
    dengbao: ['8.1.4.3 审计记录保护'],
    test: rls('cannot change, remove or empty a trail, not even for the audit administrator'),
  },
  { says: '策略、触发器和角色关不掉', dengbao: ['8.1.4.3 审计不可关闭'], test: rls('cannot switch a policy, a trigger or a role off') },
  {
    threat: '数据库管理员悄悄改审计记录',
    says: '封存的每一天连成链；一个命令核对，并说出断在哪一天、是哪一条（被改动、被删除还是后来插入的）',
    dengbao: ['8.1.4.3 审计记录完整性', '8.1.4.7 数据完整性'],
    test: keep(
      'keys',
      'the chain is verified by a command, which names the one row that was changed, taken or slipped in, and a chain that was cut off',
    ),
  },
  {
    threat: '检索用的密钥泄露',
    says: '精确检索的指纹改用新密钥，行历史里的旧指纹一并去掉，旧密钥从密钥文件移除',
    dengbao: ['8.1.4.8 数据保密性'],
    test: keep(
      'keys',
      'the blind index comes under another key while people work, goes on after a kill, finds everybody at every moment, and lets the old key go',
    ),
  },
  {
    threat: '偷走数据库或备份',
    says: '个人信息与附件以国密算法加密，密钥不在备份里',
    dengbao: ['8.1.4.8 数据保密性'],
    test: keep('backup', 'a backup is taken while people write, proven by restoring it, and holds no key'),
  },
  {
    threat: '密钥泄露或到期',
    says: '在使用中更换密钥，中断后可接着做，不留旧密文',
    dengbao: ['8.1.4.8 数据保密性'],
    test: keep('keys', 'a change of keys that is killed in the middle goes on at the next run, while people work'),
  },
  {
    threat: '密文被改动或调换',
    says: '密文绑定在它的行和字段上，改动或调换即打不开，并说出是哪一行',
    dengbao: ['8.1.4.7 数据完整性'],
    test: keep('keys', 'a row whose ciphertext was changed, and a key that is missing, are named'),
  },
  {
    says: '备份在空的地方、另一个系统用户下恢复，逐项核对',
    dengbao: ['8.1.4.9 数据备份恢复'],
    test: keep('backup', 'it is restored into an empty place under another user, with the same counts and the same chain'),
  },
  {
    says: '到期销毁须两人，数据库、历史和磁盘一起',
    dengbao: ['8.1.4.10 剩余信息保护'],
    test: server(
      'src/privacy/privacy.test.ts',
      'destruction by two persons erases content in the database, in its history and on disk; the register and the proof stay',
    ),
  },
];

/** What is not reached, or is not the platform's to do; said openly. */
export const gaps: readonly { readonly item: string; readonly says: string }[] = [
  { item: '等保 口令定期更换', says: '与 ASVS 6.2.5 相反，平台不强制定期更换' },
  { item: '等保 审计记录保存六个月以上', says: '审计记录从不自动删除；测试不能证明将来，由清理任务里没有它来保证' },
  { item: '精确检索的密钥', says: '更换密钥不重做精确检索的盲索引：密钥文件的第一把始终保留' },
];

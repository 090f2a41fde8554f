/** What the attack battery shows, in the shape of battery/keep/controls.ts; scripts/trust-docs.mjs makes docs/security.md of all lists. */
import type { Control } from '../battery.ts';

const attack = (name: string) => ({ file: 'battery/attack/attack.test.ts', name });

export const controls: readonly Control[] = [
  {
    threat: '类型不对的输入被当作对的收下',
    says: '每个写接口的每个字段逐一换成十四种值，以及空字节、控制字符和半个字：一律 400，并说出是哪个字段',
    control: '门口按接口声明的形状核对，先于一切办理',
    asvs: ['2.2.1', '2.2.2', '1.5.1'],
    dengbao: ['8.1.4.4 数据有效性检验'],
    test: attack('of a wrong type is answered 400 at every property, and named'),
  },
  {
    says: '网址里的数字只认数字，0x10、1e1、空格和重复的参数都不是',
    asvs: ['2.2.1', '15.3.3'],
    test: attack('in an address is taken strictly'),
  },
  {
    threat: '极端的日期和数字使平台出错',
    says: '没有人会用到的年份和大到存不下的数被当作有误退回，不是 500',
    asvs: ['2.2.1', '16.5.1'],
    test: attack('at the edges of days and numbers breaks nothing'),
  },
  {
    says: '不是 JSON、不是 UTF-8、套得太深或太大的请求体一律 400',
    asvs: ['1.5.1', '2.2.2', '16.5.1'],
    test: attack('as a raw body is answered 400'),
  },
  {
    threat: '悄悄改动所写的内容',
    says: '生僻字、变体、全角、双向文字、注入串写进去是什么，读出来还是什么（首尾空白除外）',
    asvs: ['1.3.1', '2.2.1'],
    test: attack('of words is read back as it was typed'),
  },
  {
    threat: 'SQL 注入',
    says: '各类注入串写进每个接口的每个文字字段，库里存的就是它本身',
    control: '查询都用参数',
    asvs: ['1.2.4', '1.3.1'],
    test: attack('of words is kept as it was sent at every endpoint that writes'),
  },
  {
    says: '由接口文档生成的合规、近似和敌意请求，以各种角色发出：没有 5xx，没有数据库的一个字',
    asvs: ['16.5.1', '2.2.2'],
    test: attack('made from the contract breaks nothing'),
  },
  {
    threat: '拿别人的编号去试每个接口',
    says: '一个人看得到的每个编号，由别人在每个按编号的接口上试：另一区县的与不存在的答复相同，没有别处内容的一个字',
    asvs: ['8.2.2', '8.3.1', '8.4.1'],
    dengbao: ['8.1.4.2 访问控制'],
    test: attack('is not found by its id'),
  },
  {
    threat: '用搜索、排序、筛选和计数猜出看不到的内容',
    says: '搜一个看不到的词和搜一个没有意义的词，答复一样',
    asvs: ['8.2.2', '8.2.3'],
    test: attack('is not found by searches, sorts and counts'),
  },
  {
    threat: '请求里多塞字段',
    says: '多塞的编号、区县、状态、角色一个也没有进到任何一张表',
    asvs: ['15.3.3'],
    test: attack('properties that nobody asked for reach no table'),
  },
  {
    threat: '原型污染',
    says: '__proto__ 被退回，全局对象没有变',
    asvs: ['15.3.3', '1.5.1'],
    test: attack('nothing that is sent becomes a property of every object'),
  },
  {
    threat: '路径穿越',
    says: '没有一种写法读得到网页目录以外的文件',
    asvs: ['5.3.2'],
    test: attack('no path leads out of the built pages'),
  },
  {
    threat: '伪装的附件',
    says: '七十种：脚本、多重格式、双后缀、反向文件名、外部实体、假长度——或被拒绝，或按内容存下、只作下载',
    asvs: ['5.2.2', '5.3.2', '5.4.1'],
    test: attack('a file that is not what it says is refused, or kept as what it is and only saved'),
  },
  {
    threat: '压缩炸弹和撑大内存的表格',
    says: '片刻间拒绝，内存不涨，不跟随实体',
    asvs: ['5.2.1', '5.2.3', '1.5.1'],
    test: attack('a workbook that bursts, lies or points outside is refused in a moment and with little memory'),
  },
  {
    says: '过大的文件被拒绝，没有登录的人传的不读',
    asvs: ['5.2.1'],
    test: attack('a file that is too large is refused, and a stranger’s is not read'),
  },
  {
    threat: '用换行伪造响应头和日志',
    says: '文件名和理由里的换行不成为响应头，也不成为日志的一行；日志不记内容',
    asvs: ['1.2.1', '5.4.1'],
    test: attack('a break in a name becomes no header of an answer and no line of a log'),
  },
  {
    threat: '固定会话',
    says: '登录给出的总是新的令牌；浏览器原来的会话随之结束',
    asvs: ['7.2.4'],
    test: attack('a token that somebody brought is never given, and the session before ends'),
  },
  {
    threat: '别的网站冒用登录',
    says: '没有口令牌的写请求一律 403；浏览器不经询问就能发的几种请求体都不收',
    asvs: ['3.5.1'],
    test: attack('a page from elsewhere cannot write, whatever kind of body it sends'),
  },
  {
    threat: '猜口令，或借锁定探出有哪些账号',
    says: '登录、改密码、绑定动态口令共用一个失败计数；没有的账号同样会“锁定”',
    asvs: ['6.3.1', '2.4.1'],
    dengbao: ['8.1.4.1 登录失败处理'],
    test: attack('guessing a password is slowed everywhere, and a name that nobody has is locked like one that somebody has'),
  },
  {
    threat: '撞库',
    says: '一个地址不能试很多账号，自称的来源地址不算数',
    asvs: ['6.3.1', '2.4.1'],
    test: attack('one address cannot try many names, whatever it says of itself'),
  },
  {
    threat: '重放动态口令和验证码',
    says: '一个码只成功一次，同时用也是；连续猜错后，正确的也不再收',
    asvs: ['6.3.3', '2.4.1'],
    test: attack('a code is good once, also for those who come at once, and guessing it ends'),
  },
  {
    threat: '导出表格里的公式',
    says: '各种开头的公式在导出里都是原样的文字，没有公式和链接',
    asvs: ['1.2.1'],
    test: attack('exports hold what was typed as text, and no formula or link'),
  },
  {
    says: '每个接口的每种答复都有安全响应头，不留缓存，不说用什么做成',
    asvs: ['3.4.3', '14.3.2'],
    test: attack('every answer tells browsers what they must know, and nothing of what it is made of'),
  },
  { says: '没有提供的方法什么也不改；方法不能用请求头改换', asvs: ['2.3.1'], test: attack('methods that nobody serves change nothing') },
  {
    threat: '请求走私和残缺的请求',
    says: '不成请求的字节得不到 5xx，平台照常运行',
    asvs: ['16.5.1'],
    test: attack('bytes that are no request are never answered 5xx, and the application goes on'),
  },
  {
    threat: '从实时消息里听到别处的事',
    says: '别处的办理不在任何人的实时消息里留下字或编号',
    asvs: ['8.2.2'],
    test: attack('the live feed tells nobody of another’s scope'),
  },
  {
    threat: '从打印和文书里读到别处的内容',
    says: '每种打印、文书和导出由每个人取一遍',
    asvs: ['8.2.2'],
    test: attack('prints and papers hold no word of another scope'),
  },
  {
    threat: '编造会话令牌绕过限速',
    says: '编造的令牌按来源地址计数；同一地址上已登录的人不受影响',
    asvs: ['2.4.1'],
    test: attack('made-up tokens do not make an address many'),
  },
  {
    threat: '慢速连接占满服务器',
    says: '一百五十个慢连接之下，别人照常立即得到答复',
    asvs: ['2.4.1'],
    test: attack('slow clients hold nobody else up'),
  },
];

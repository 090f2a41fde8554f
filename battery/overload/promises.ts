/** What is promised of overload and operation; scripts/trust-docs.mjs makes docs/reliability.md of this and the other lists. */

import type { Promised } from '../battery.ts';

type Proof = Promised['test'];

const gate = (name: string): Proof => ({ file: 'battery/overload/gate.test.ts', name });
const logs = (name: string): Proof => ({ file: 'battery/overload/logs.test.ts', name });

export const promises: readonly Promised[] = [
  {
    fault: '忙不过来',
    says: '办得了的照办，短短排队，其余立即 503 与 Retry-After，过后照常；四倍混合负载下收下的 p99 不超过 1 秒、5 秒内恢复由 `npm run battery -- overload` 量',
    test: gate('lets in what it has places for, lets some wait, turns away the rest and serves again'),
  },
  {
    fault: '忙不过来时有人登录、报危机、作强制报告',
    says: '为他们留有位置，排满时清单让位',
    test: gate('keeps places for what is urgent, and takes it first from the line, in place of a list'),
  },
  {
    fault: '忙不过来时谁先谁后',
    says: '登录、危机、强制报告、热线来电先办，清单、导出、附件最后',
    test: gate('ranks sign-in, danger to life and mandatory reports first; lists, exports and files last'),
  },
  {
    fault: '排队太久、排队的人走了',
    says: '超过限时即答复 503；已经走了的不再办',
    test: gate('lets nobody wait longer than promised, and calls nobody who has gone'),
  },
  {
    fault: '在办的全卡在一把锁上',
    says: '其余得到 503，紧急的照常；锁放开后都办成',
    test: gate('answers 503 with Retry-After while its places hang on a lock, serves what is urgent beside them, and everybody afterwards'),
  },
  {
    fault: '6 一把锁一直不放',
    says: '到限时答复 503，下一次照常',
    test: gate('a lock that is never given up costs a request its time, and answers 503'),
  },
  {
    fault: '16 满负载下收到停止信号',
    says: '先 readyz 503，收下的都答复，实时消息好好结束，10 秒之内，退出码 0',
    test: gate('SIGTERM: who was let in is answered, streams end, readyz says so first, and the process ends with 0'),
  },
  {
    fault: '出错时日志写下个人信息',
    says: '平台和内置数据库的任何日志里都没有',
    test: logs('no personal data is in anything that is written'),
  },
  {
    fault: '指标与状态被外人看到',
    says: '另开一扇门，只限本机或令牌；标签里没有编号',
    test: logs('the operator learns figures and how each part does; a stranger learns nothing'),
  },
];

const overload = (name: string): Proof => ({ file: 'battery/overload/overload.ts', name });
const soak = (name: string): Proof => ({ file: 'battery/overload/soak.ts', name });
const tls = (name: string): Proof => ({ file: 'battery/overload/tls.ts', name });

/** What takes too long for `npm test` and is measured by `npm run battery -- overload|soak|tls`: the words of each check. */
export const measured: readonly { readonly says: string; readonly check: Proof }[] = [
  { says: '四倍负载：收下的 p99 不超过 1 秒', check: overload('what is accepted is answered within a second (p99)') },
  { says: '四倍负载：其余 503 与 Retry-After', check: overload('the rest is turned away with 503 and Retry-After') },
  { says: '四倍负载：没有别的错误', check: overload('nothing else is seen') },
  { says: '四倍负载：紧急的先办', check: overload('what is urgent goes first') },
  { says: '四倍负载：做成的事不塌', check: overload('the work done does not collapse') },
  { says: '负载过去 5 秒内恢复', check: overload('normal again within 5 s') },
  { says: '500 个空闲、60 个缓慢的连接不妨碍别人', check: overload('slow sockets harm nobody') },
  { says: '满负载下停止，收下的请求都有答复', check: overload('no request that was taken is left without an answer') },
  { says: '一小时内存增长每分钟不到 1 MB', check: soak('memory does not grow by 1 MB a minute') },
  { says: '一小时句柄不增长', check: soak('handles do not grow') },
  { says: 'nginx 示例原样可用', check: tls('nginx takes the example as it stands') },
  { says: '来源地址不能由访问者自己写', check: tls('nobody chooses the address under which he is recorded') },
  { says: '平台重新启动时答复 503', check: tls('while the platform is away: 503, Retry-After, and the shape that pages know') },
];

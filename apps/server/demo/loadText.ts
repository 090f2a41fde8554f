/** Words of ordinary cases and of what people say while a request is on its way. All invented. */
import type { CaseDomain } from '@jieyou/core/shared/fields.ts';

/** What an ordinary case is about: its household and two sentences on the situation, by domain. */
export const ordinarySituations: Readonly<Record<CaseDomain, readonly (readonly [household: string, summary: string])[]>> = {
  'mental-recovery': [
    ['与父母同住', '出院三个月，按时复诊，早晨仍难起床。希望恢复买菜、做饭等日常安排，家人担心一个人外出。'],
    ['独居，妹妹每周探望', '病情平稳两年，想参加社区活动又怕被人议论。目前由社工陪同去过一次阅览室。'],
    ['夫妻二人', '服药后体重增加，情绪低落，想自行减药。已约下次复诊时与医生当面谈。'],
  ],
  'disability-inclusion': [
    ['父母与成年儿子', '持证两年，在家时间长，喜欢修小家电。想找一份每天半日的工作，交通是主要困难。'],
    ['与丈夫和女儿同住', '使用轮椅，楼道有两级台阶。正在准备无障碍改造的申请材料。'],
    ['独居老人，有侄子照看', '听力下降明显，不愿戴助听器，与邻居往来渐少。拟先安排一次免费试戴。'],
  ],
  'youth-internet': [
    ['父母与儿子', '暑假后作息颠倒，每天上网六小时以上，开学后常迟到。父母意见不一，愿意参加家庭会谈。'],
    ['母亲与女儿', '沉迷短视频，成绩下滑，与母亲约定的使用时间多次失效。孩子愿意单独和社工谈。'],
    ['祖父母与孙子', '父母在外地，手机由孩子自己保管，周末通宵玩游戏。祖父母希望有人教怎样管。'],
  ],
  'parent-child': [
    ['父亲与女儿', '升学后争吵增多，女儿搬到亲戚家住了一周。双方都同意先分开谈。'],
    ['父母与儿子', '孩子拒绝和父亲说话，餐桌上只用纸条。父亲愿意改变开口就问成绩的习惯。'],
    ['母亲、外婆与孩子', '两代人管教不一致，孩子两头传话。计划与三人各谈一次再一起立约。'],
  ],
  'family-relations': [
    ['夫妻与两个孩子', '为老人轮流照料的安排争执多次，妻子睡眠不好。希望先理清各人能做的事。'],
    ['三代同住', '房间分配引起摩擦，老人提出回老家。家人同意请社工主持一次家庭会议。'],
    ['再婚家庭', '双方子女相处生疏，周末活动常不欢而散。目前约定每两周一次共同外出。'],
  ],
  'domestic-violence': [
    ['夫妻与一子', '半年内发生过两次推搡，未就医，已做安全计划并告知求助方式。对方愿意参加情绪管理小组。'],
    ['与父母同住', '分居中，对方多次到单位等候。已协助保存记录，了解人身安全保护令的申请办法。'],
    ['母女二人', '离婚后对方以探望为由上门争吵。正在协商由社区提供交接孩子的场所。'],
  ],
  'end-of-life': [
    ['与老伴同住', '确诊晚期，疼痛控制尚可，希望留在家中。正在联系居家护理与志愿陪伴。'],
    ['女儿照顾', '照顾者疲惫，夜间多次起身。已申请喘息服务，每周上门一次。'],
    ['独居，邻居帮忙', '想整理旧照片留给外甥。社工每周陪同一小时，同时联系亲属。'],
  ],
};

/** Notes of ordinary work. */
export const ordinaryNotes: readonly string[] = [
  '电话联系，了解近况，情绪平稳，约定下次上门时间。',
  '上门探访约四十分钟，与本人及家人分别谈话，核对了上次约定的三件事，两件已做到。',
  '陪同前往街道窗口咨询，材料尚缺一项，已列清单交本人准备。',
  '与家人会谈，说明服务内容与保密原则，家人愿意配合，希望多在晚间联系。',
  '参加社区小组活动第一次，全程在场，主动发言一次，结束后表示愿意再来。',
  '本周未接电话，经邻居得知外出探亲，三日后回，已改期。',
  '与学校老师沟通，了解在校表现，老师同意每两周反馈一次。',
  '整理政策信息并当面讲解，本人表示需要时间考虑，未作决定。',
];

/** Notes of work on a hard case before help was asked for. */
export const hardNotes: readonly string[] = [
  '首次会谈，建立关系，说明保密及其例外，服务对象同意接受服务。',
  '入户探访，了解家庭成员与支持来源，完成初步评估，确认当下最急的事。',
  '与相关部门沟通一次，对方答复需要书面材料，已记录联系人。',
  '与站长讨论，认为单靠本站力量难以推动，建议向支援中心求助。',
  '回访，情况没有明显好转，服务对象表示愿意让更多人一起想办法。',
];

/** Long and rare names, so that every list shows how it carries them. */
export const rareNames: readonly string[] = [
  '欧阳娜仁托娅·阿卜杜拉',
  '司徒慕容婉清',
  '古丽巴哈尔·买买提艾力',
  '迪丽努尔·阿不都热西提',
  '令狐冲云',
  '尉迟恭让',
];

/** What the centre notes on acceptance. */
export const acceptNotes: readonly string[] = [
  '材料清楚，符合界定，受理并进入专家匹配。',
  '问题交织、站内资源不足，受理；请社工保持每周联系。',
  '已电话与社工核对近况，受理，请先做好安全计划。',
  '',
];

/** What the centre asks when a request lacks something. */
export const questions: readonly string[] = [
  '请补充最近一次与家人会谈的时间和结果，以及目前与谁同住。',
  '请说明已联系过哪些部门、得到什么答复，并补充服务对象本人的意愿。',
];

/** How a question was answered. */
export const answers: readonly string[] = [
  '已补充：上周三与家人会谈一次，目前与家人同住，家人愿意参加后续会谈。',
  '已补充：先后联系街道窗口与社康，均答复需材料；本人同意继续求助。',
];

/** Why a request is not taken on, and the way that remains. */
export const refusals: readonly (readonly [reason: string, otherRoute: string])[] = [
  ['所求为物资配送，不需要专家会诊，站内即可办理。', '请联系资源库中的食物分享站登记，一般三日内配送。'],
  ['服务对象已在外区建档并由当地跟进，本区重复介入会造成混乱。', '请与对方承办社工联系交接，如需协同可由两区中心对接。'],
];

/** Advice where supervision suffices. */
export const advices: readonly string[] = [
  '情况可由站内处理：先与家人分别会谈，再安排一次共同会谈；建议两周内接受一次督导，重点讨论会谈结构。',
  '界定未达疑难标准。建议先完善评估并拟定三个月计划，由督导协助检视目标是否过多。',
  '建议就情绪支持的技巧接受个别督导，同时链接社区活动资源，一个月后视情况再求助。',
];

/** Why askers take requests back, or what solved them elsewhere. */
export const withdrawals: readonly string[] = ['服务对象搬离本区，已办理转介，撤回求助。', '家人已达成一致，暂不需要会诊，撤回求助。'];
/** Where problems were solved in another way. */
export const elsewhere: readonly string[] = ['街道个案会议已统筹各部门解决，无需继续。', '医院医务社工部接手后续安置，中心不再跟进。'];

/** First steps in a crisis. */
export const crisisActions: readonly string[] = [
  '已电话联系社工确认安全，要求两人在场陪伴，同步联系社康与派出所，一小时内回报。',
  '已请站长到场，收起危险物品，联系专科医院绿色通道，夜间由值班人员每两小时联系一次。',
];
/** Grounds for giving a packet without consent in an emergency. */
export const emergencyGrounds: readonly string[] = ['存在现实的人身危险，来不及取得书面同意，为保护生命安全提供必要资料。'];

/** Places where conferences are held. */
export const places: readonly string[] = ['支援中心一楼会议室', '支援中心二楼研讨室', '线上会议（链接另发）', '街道社工站会谈室'];

/** Why experts say no. */
export const declines: readonly string[] = ['本月已有安排，时间冲突。', '与该领域经验不符，建议另请更合适的专家。'];

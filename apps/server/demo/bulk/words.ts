/** Words of the many: what ordinary people's lives are about and how work with them is told, put together from many invented parts. */
import type { CaseDomain, HelpField } from '@jieyou/core/shared/fields.ts';
import type { Random } from '../random.ts';

/** What a life is about: decides age, categories, domain and every sentence. */
export type LifeKind = 'elder' | 'disabled' | 'child' | 'net' | 'relief' | 'carer' | 'mind' | 'dying';

/** A goal as plans hold it: text, indicator, unit, before, wanted. */
export type GoalWords = readonly [text: string, indicator: string, unit: string, baseline: number, target: number];

/** The parts from which one kind of life is told. */
export type LifeWords = {
  readonly domain: CaseDomain;
  readonly helpFields: readonly HelpField[];
  readonly ages: readonly [number, number];
  readonly households: readonly string[];
  /** How it came, what weighs, what is wished. */
  readonly came: readonly string[];
  readonly weighs: readonly string[];
  readonly wishes: readonly string[];
  /** What was seen or heard, and what was done about it. */
  readonly seen: readonly string[];
  readonly done: readonly string[];
  readonly person: readonly string[];
  readonly around: readonly string[];
  readonly aims: readonly string[];
  readonly methods: readonly string[];
  readonly goals: readonly GoalWords[];
  readonly outcomes: readonly string[];
};

const parts = (told: string): readonly string[] => told.split('|');

/** Eight kinds of lives. */
export const lives: Readonly<Record<LifeKind, LifeWords>> = {
  elder: {
    domain: 'family-relations',
    helpFields: ['family', 'medical'],
    ages: [66, 91],
    households: parts('独居，女儿住邻市|独居，丧偶多年|独居，女儿每周来一次|独居，隔壁住着妹妹|独居，侄女代管钥匙|独居，孙子周末来'),
    came: parts('社区网格员走访时发现|邻居打来电话说起|老人自己到站里来问|体检后社康中心转来|楼长在微信群里提到|老年食堂的工作人员介绍|重阳节慰问时登记'),
    weighs: parts('上下楼吃力，一周只出门两三次|药有七八种，常分不清早晚|老伴走后饭做得越来越少|夜里起身两次，去年摔过一回|耳朵背，电话常常接不到|屋里东西堆得多，过道只剩一人宽|眼睛做过手术，看不清药盒上的字|退休金够用，就是没有人说话'),
    wishes: parts('想有人隔几天来看看|希望有人陪着去复诊|想把洗手间装上扶手|愿意去老年食堂，又怕走不动|想学会用手机和外孙视频|希望夜里有个能叫到人的办法|想找个一起下棋的伴'),
    seen: parts('药盒里周三的一格还满着，说是忘了|冰箱里有两盒剩菜，都贴了日期|今天血压比上回低了些，脸色也好|说起老家的龙眼树，讲了很久|膝盖贴着膏药，上下楼要歇两次|窗台上新添了一盆葱|夜里睡得浅，四点多就醒|电视声音开得很大，助听器放在抽屉里|床头灯坏了几天，没舍得麻烦别人|把上回给的号码抄在了日历上|午饭吃的是白粥和咸菜|女儿昨天来过，带了新的棉被|提起从前的老邻居，停了一会儿才接着说'),
    done: parts('一起把一周的药分好，写了大字条|换了灯泡，试了两遍开关|约好老年食堂送餐，先试一周|把社康、女儿和站里的电话写成大字贴在门后|量了血压，记在本子上|帮着把过道上的纸箱挪到阳台|陪着走到楼下花园坐了二十分钟|教会了接视频，和外孙说了几句|联系志愿者每周二来坐坐'),
    person: parts('腿脚慢，心里明白，爱讲从前的事|慢性病两种，按时吃药要人提醒|胃口一般，做饭图省事，愿意出门晒太阳|听力差，说话要面对面，性子要强不爱求人'),
    around: parts('楼下有老年食堂和社康中心，走路十分钟|邻居熟，楼长每天照个面|社区有长者活动室，周三有志愿者|子女在外地，每周通一次电话'),
    aims: parts('一个人住也安稳，有事叫得到人|三餐按时，药不吃错|每周出门，与人来往'),
    methods: parts('每两周上门一次，志愿者隔周陪聊；与社康约定随访。|先把居家安全做好，再介绍活动室和老年食堂。|与子女约定固定通话，教会紧急联系的办法。'),
    goals: [['按时服药', '每周漏服次数', '次', 4, 1], ['出门走动', '每周出门次数', '次', 1, 4], ['与人来往', '每周与人说话的天数', '天', 2, 5], ['吃得好些', '每周热饭餐数', '餐', 7, 14]],
    outcomes: parts('药基本不再漏吃，活动室去过六七次，认识了两位老乡。|扶手装好了，夜里起身不再心慌；女儿每周三晚上打电话来。|老年食堂固定送餐，体重回升一些，话也多了。|出门次数增加，能自己走到社康量血压。'),
  },
  disabled: {
    domain: 'disability-inclusion',
    helpFields: ['medical', 'employment'],
    ages: [19, 62],
    households: parts('与父母同住|与母亲和弟弟同住|与母亲同住，父亲在外务工|与爱人、母亲同住|与父母、弟弟同住'),
    came: parts('换证登记时了解到|残联名册核对后上门|本人来咨询补贴|康复站介绍过来|就业窗口转来|特殊学校毕业回访时得知|邻居代为打听'),
    weighs: parts('出门要过三级台阶，轮椅下不去|手语不通，办事常要带着弟弟|毕业后在家两年，没有同龄朋友|工伤之后不愿见从前的工友|助行器旧了，关节常磨破|照料的母亲年纪大了，夜里翻身吃力|补贴办过，康复训练断了半年|想上班，面试几次没有下文'),
    wishes: parts('想找一份坐着做的活|盼着楼道能装坡道|希望恢复康复训练|想认识一样情况的朋友|想学一门手艺|希望母亲能歇一歇|想自己坐一次地铁'),
    seen: parts('轮椅的左轮有点响，自己上过油|今天自己把衣服晾了|桌上摆着拆开的收音机，修了一半|手腕有些肿，说是练字练多了|用手机打字和我们聊了半个多小时|听见有人敲门先躲进了里屋|母亲的腰又疼了，扶着桌子站起来|说上周一个人到了路口的便利店|简历改到第三遍，错字都改了|助听器电池用完了两天|把康复动作的图贴在了床边|提起面试，声音低了下去|弟弟在旁边做作业，不时帮着递东西'),
    done: parts('量了台阶高度，拍照附在改造申请里|联系康复站，约到每周四上午|与就业窗口核对了三个岗位，留下一个|带来一副备用电池，教会看电量|陪着坐了两站公交，记下哪里难走|教家人用省力的办法翻身|介绍到手作小组，先去看一次|核对补贴到账，缺的一个月已去问'),
    person: parts('手巧，坐得住；出门要人陪|表达慢，想清楚了就肯做|力气够，怕被人看，话不多|作息规律，愿意学新东西'),
    around: parts('残联有就业窗口，康复站两站路|楼道正在报无障碍改造|社区有手作小组，每周四开|家人轮流照料，母亲最累'),
    aims: parts('能自己出门，找到合适的事做|康复不断，家人能歇一歇|有朋友，有一件每周要做的事'),
    methods: parts('陪同办理改造与补贴，联系康复站，逐步练习外出。|先从手作小组开始，再由就业窗口推荐岗位。|教家人省力的照料办法，安排喘息半日。'),
    goals: [['自己出门', '每周出门次数', '次', 1, 3], ['坚持康复', '每月训练次数', '次', 0, 4], ['参加小组', '每月参加次数', '次', 0, 3], ['家人休息', '每周休息时间', '小时', 2, 8]],
    outcomes: parts('坡道装好了，每周自己去一次菜场。|在手作小组做了六个钥匙扣，卖掉四个。|康复训练没有断，走路稳了一些。|试工两周，单位愿意留下。'),
  },
  child: {
    domain: 'parent-child',
    helpFields: ['education', 'family'],
    ages: [6, 16],
    households: parts('祖父母与孩子|祖母与兄弟姐妹两人|父亲、祖母与孩子，母亲在外省|祖父母与孩子，父母外出务工|祖母与孩子，父亲打两份工'),
    came: parts('儿童主任入户时登记|班主任打来电话|祖母来站里领材料时说起|社区排查困境儿童时发现|派出所转来的情况|暑期托管班的老师提到|民政办的名册上有'),
    weighs: parts('父母都在外地，一年见一次|作业没有人看，连着三周没交|同学起了外号，不肯上体育课|祖母看不懂学校的通知|衣服常是同一件，换季没有换|父亲喝酒，孩子晚上不敢先睡|转学过来，口音不一样，不爱开口|生活费时断时续'),
    wishes: parts('想要一个做作业的地方|盼着和妈妈视频一次|想学画画|希望有人去和老师说一说|想要一双合脚的球鞋|祖母想学会看通知|想参加足球队'),
    seen: parts('作业本上有三个红勾，高兴地翻给我们看|鞋底开了口，用胶带缠着|今天话多，讲了学校的菜园|手背上有一道抓痕，说是和同学抢球|祖母把通知夹在日历里，等着我们来念|趴在饭桌上写字，灯光偏暗|问起妈妈，低头摆弄橡皮|体育课终于去了，跑了第五|头发有些乱，洗过脸|数学小考七十八分，比上次多十一分|把画贴在了门上|早饭没有吃，带来的包子吃了两个|弟弟发烧刚退，祖母一夜没睡'),
    done: parts('把一周的作业列成表，贴在桌边|与班主任通了电话，说好每周五发一次情况|带来一盏台灯，装好试了|联系志愿者周六上午来陪读|教祖母看懂学校群里的通知|陪着和妈妈视频了十分钟|领到两套换季衣服，让孩子自己挑|和孩子约定不高兴时先找谁说'),
    person: parts('聪明，怕生，熟了话很多|懂事早，会照顾弟弟，学习吃力|好动，坐不住，爱踢球|成绩中等，心思重，睡得晚'),
    around: parts('学校愿意配合，班主任每周来电|祖父母身体还好，文化不高|社区有四点半课堂，志愿者多|邻居家有同龄的孩子'),
    aims: parts('按时上学，有人陪着做作业|和父母常联系，心里踏实|有朋友，有喜欢做的事'),
    methods: parts('每周一次陪伴，志愿者周六陪读；与班主任保持联系。|与父母约定固定视频，教祖辈看通知。|介绍四点半课堂与足球队，逢假期入营。'),
    goals: [['按时交作业', '每周按时交的天数', '天', 1, 5], ['和父母说话', '每周视频次数', '次', 0, 2], ['有伴', '每周与同学玩的次数', '次', 1, 3], ['按时睡觉', '每周十点前睡的天数', '天', 2, 5]],
    outcomes: parts('作业多半按时交，数学进步十几分。|每周日晚和妈妈视频，说话自然多了。|进了足球队，交到两个朋友。|祖母学会了看群通知，学校的事不再漏。'),
  },
  net: {
    domain: 'youth-internet',
    helpFields: ['education', 'psychology'],
    ages: [12, 17],
    households: parts('父母与孩子|父母与孩子，父亲常出差|父母与两个孩子|父母与孩子，表哥常来'),
    came: parts('学校心理老师转来|母亲看到公众号后来电|开学两周没到校，班主任请我们看看|家长夜谈之后留下来问|父亲陪着来到站里'),
    weighs: parts('凌晨两点才放下手机|为断网摔过一次门|游戏里充了三个月的生活费|白天睡觉，晚上上线|和父母只在饭桌上说几个字|线上有一群朋友，线下一个也没有'),
    wishes: parts('父母想知道怎样开口|孩子愿意单独谈，不要告诉老师|想把作息调回来|希望有人教立规矩的办法|想试一试学校的社团'),
    seen: parts('今天先开口，问我们玩不玩那个游戏|眼圈发青，打了三个哈欠|把手机扣在桌上，说可以放半小时|母亲插话时把椅子往后挪|说在线上当队长，要照顾二十个人|按约定表打了四个勾|画了一张很细的机甲|父亲第一次没有打断，听了十分钟|承认上周还是熬到了两点|去了社团一次，说还可以|把充值的记录给母亲看了'),
    done: parts('一家三口定了周末两小时的约定，各自签字|教父母先听完再说|和学校社团老师约好周三去看|把睡前的手机换成了收音机|列出充值账单，联系平台退款|做了一次用网自评，分数自己填|约定三次准时之后一起去看车展'),
    person: parts('反应快，爱画画，夜里精神好|讲义气，怕丢面子，愿意单独谈|成绩掉了，心里着急，不肯说'),
    around: parts('学校有社团，心理老师可约|父母意见不一，都愿意来|表哥常来，说得上话'),
    aims: parts('按时上学，手机放得下|一家人说得上话，规矩一起定|找到一件线下愿意做的事'),
    methods: parts('家庭会谈定约定，每两周与学校通一次情况。|单独面谈与家庭会谈交替，介绍社团。'),
    goals: [['按时到校', '每周准时到校', '天', 2, 5], ['减少上网', '每天上网', '小时', 7, 2], ['一起吃饭', '每周一起吃饭', '次', 1, 4]],
    outcomes: parts('准时到校多起来，周末守约三次里有两次。|线上还玩，十一点前能放下。|父母不再当面争，孩子愿意说学校的事。'),
  },
  relief: {
    domain: 'family-relations',
    helpFields: ['economy', 'employment'],
    ages: [28, 68],
    households: parts('夫妻与两个孩子|夫妻与一个孩子，租住|夫妻与孩子，爱人患病|三代五口，一人有收入|夫妻、孩子与老母亲'),
    came: parts('低保名册核对后入户|临时救助窗口介绍|社区报来困难家庭|本人来问申请的材料|医院社工电话转来|学校助学登记时发现|年底走访慰问时了解|邻居代为求助'),
    weighs: parts('厂里停工，三个月没有收入|爱人透析，每周三次要人陪|房租欠了两个月|孩子开学的费用还没凑齐|做零工，天气不好就没有活|低保在办，材料差一张证明|手术借了亲戚的钱，每月要还|年纪大了，找不到愿意收的单位'),
    wishes: parts('想先把这个月的米面接上|希望有人帮着看清政策|想找一份离家近的活|盼着孩子不要因为钱耽误|希望药费能报多一些|想把债一笔一笔理清楚'),
    seen: parts('米缸见了底，油还有半瓶|墙上贴着孩子的三张奖状|药单装了一个塑料袋，按月份夹好|今天气色好些，说找到两天的零工|水电催缴单压在杯子下面|说话时一直搓着手，眼睛看着门外|账本记得很细，哪天买菜几块都有|爱人刚看病回来，靠在床上|孩子在里屋背书，声音很响|屋里漏的那处用盆接着|上回的证明终于开到了|说亲戚那边答应缓到年底|冬衣只有一件厚的，夫妻轮着穿'),
    done: parts('一起列出材料清单，缺两样，写明去哪里开|陪同到街道窗口递交，拿了回执|联系爱心企业送来米、油和牛奶|核对医保二次报销，差一张发票|把欠款按利息排了先后|介绍到零工驿站登记，约好面试|为孩子报了助学，附上成绩单|请物业把漏水处先补上'),
    person: parts('能吃苦，识字不多，办事怕出错|身体还行，压力大，夜里睡不好|肯学，手脚快，没有技术证|慢性病，做不了重活，人很要强'),
    around: parts('社区熟，街道窗口近|亲戚能搭把手，也都不宽裕|爱心企业每月有一次物资|附近有零工驿站和夜校'),
    aims: parts('基本生活有着落，收入慢慢接上|该享受的政策都办到|债理清楚，孩子不耽误上学'),
    methods: parts('陪同办理救助，链接物资，联系零工驿站。|逐项核对政策，一次讲一件；每月看一次账。|物资先接上，再一起找活，孩子的事与学校说。'),
    goals: [['办好救助', '已办好的事项', '项', 0, 3], ['收入增加', '每月做工天数', '天', 4, 15], ['少借钱', '每月新借笔数', '笔', 3, 0], ['睡好觉', '每周睡好的夜晚', '晚', 2, 5]],
    outcomes: parts('低保批下来了，孩子助学也到账。|做上了保洁，一个月能有二十天活。|欠款还清两笔，其余谈好分期。|医保二次报销到账，药没有断。'),
  },
  carer: {
    domain: 'family-relations',
    helpFields: ['family', 'psychology'],
    ages: [34, 64],
    households: parts('夫妻与失能的母亲|照顾中风的父亲，爱人跑车|三代同住，两间房|夫妻、孩子与患病的老人'),
    came: parts('社康的家庭医生介绍|照顾者小组之后来问|本人打电话，说了没几句就哭了|社区调解后转来|邻居听见争吵，劝来坐坐'),
    weighs: parts('两年没有睡过整夜|兄弟姐妹推来推去，没有人肯接|为老人住哪一间争了一个月|辞了工作，手里越来越紧|家里三天没有人说话|自己的检查拖了半年没去'),
    wishes: parts('想有半天是自己的|希望一家人坐下来说清楚|想学省力的照料办法|盼着有个地方能白天托一托'),
    seen: parts('说着说着靠在沙发上睡着了几分钟|老人今天认出了人，叫了小名|药和饭的时间写在冰箱上，密密麻麻|哥哥第一次来，坐在门口的凳子上|肩膀贴了三张膏药|爱人把周六的货推了，在家做饭|提到妹妹，声音高了起来|老人的衣服干净，床边没有味道|自己的检查做了，结果还好|桌上压着一张排班表，打了几个问号|笑着说昨天睡了六个小时'),
    done: parts('主持一次家庭会谈，四个人都说了话|排出值班表，每人一周一天|联系日间照料，试托两个半天|教了翻身和转移的办法，练了三遍|介绍照顾者小组，约好周五下午|各谈一次，把要紧的三件事写下来|申请喘息服务，材料齐了'),
    person: parts('能干，不肯歇，身体在报警|说话急，心软，怕被说不孝|睡眠少，记性差，还在硬撑'),
    around: parts('社区有日间照料点，名额不多|兄弟姐妹三人，两个在本地|邻居肯搭把手，社康随访按月来'),
    aims: parts('照料有人分担，自己能歇|家里的事能商量着办|老人安稳，照料的人也安稳'),
    methods: parts('开两次家庭会谈，联系日间照料，教省力的办法。|个别会谈与小组结合，申请喘息服务。'),
    goals: [['有人分担', '每周由别人照料的天数', '天', 0, 2], ['自己休息', '每周休息时间', '小时', 1, 6], ['少争吵', '每周争吵次数', '次', 5, 1]],
    outcomes: parts('值班表走了两个月，每周能歇一天。|日间照料固定下来，重新做起半天的工。|话说开了，一家人能一起择菜。'),
  },
  mind: {
    domain: 'mental-recovery',
    helpFields: ['psychology', 'medical'],
    ages: [22, 58],
    households: parts('与父母同住|独居，妹妹每周探望|与母亲同住|夫妻二人|与哥哥一家同住'),
    came: parts('精防医生随访后转来|出院计划会商时接下|母亲到站里打听|社区关爱帮扶小组提起|康复会所介绍'),
    weighs: parts('出院三个月，白天多半躺着|怕人议论，一年没有下过楼|停过一次药，夜里又不安|家人盯得紧，一说就吵|想工作，两次都做不满一周'),
    wishes: parts('想把白天排出点事来|希望家人少问一句吃药没有|想去会所看看|盼着能自己去买菜'),
    seen: parts('头发理过，衣服也换了|手有些抖，说是药的关系，下周问医生|画了两张水彩，挂在床头|母亲在厨房不出来，让本人自己说|一星期下楼四次，最远到菜场|说夜里有声音，比上月少|药由自己保管，母亲只看日历上的勾|今天不想说话，陪着坐了一会儿|问起会所的工坊招不招人|体重减了两斤，自己很得意'),
    done: parts('一起排了上午的三件小事|陪同复诊，把手抖的事问清楚|去会所看了一次，约好每周二、周五|与家人说好提醒的办法：只看日历，不开口|写下不舒服时先做的三件事|练习坐两站公交，往返都自己付|联系精防医生，核对下次取药的日子'),
    person: parts('按时服药，早上起得晚|话不多，做事细，喜欢画画|病情平稳，怕见生人'),
    around: parts('会所两站路，社康每月随访|家人关心过多，愿意学|楼下菜场熟，摊主和气'),
    aims: parts('白天有安排，能自己出门办事|药不断，病不复发，有个去处'),
    methods: parts('每周一次面谈，陪同去会所，与家人约定提醒的办法。|陪同复诊，练习外出，预防复发的三件事写在卡上。'),
    goals: [['上午起床做事', '每周上午有安排的天数', '天', 1, 5], ['出门', '每周下楼次数', '次', 1, 5], ['按时服药', '每周漏服次数', '次', 3, 0]],
    outcomes: parts('每周去会所两次，做上了工坊的活。|自己管药半年，没有漏过。|能独自去菜场，和摊主说得上话。'),
  },
  dying: {
    domain: 'end-of-life',
    helpFields: ['medical', 'psychology'],
    ages: [58, 86],
    households: parts('与老伴同住，女儿每天来|女儿在家照顾，老伴身体还好|与老伴、女儿一家同住'),
    came: parts('安宁疗护团队转来|出院时医务社工交接|女儿打来电话|社康随访时提出'),
    weighs: parts('疼得夜里睡不着，又不肯加药|家人瞒着，本人心里都知道|想回老家看一眼|照顾的女儿瘦了十斤'),
    wishes: parts('想把话说完|希望少受些疼|想把相册理出来|盼着孙子放假回来'),
    seen: parts('今天疼得轻，喝了半碗粥|让老伴把窗帘拉开，说看看天|讲了年轻时修水库的事|女儿在走廊里哭，回屋又笑着|相册理到第三本，给照片写了字|孙子的录音放了两遍|睡着的时候多，醒来很清楚|想吃一口家乡的鱼丸'),
    done: parts('与团队说了夜里的疼，药改了时间|陪着录了一段给孙子的话|安排志愿者每周两个下午来，让女儿去睡|一起写下要和不要的三件事|和女儿单独谈了半小时|联系老家的亲戚，周日视频'),
    person: parts('清醒，要强，疼了也不说|话少，爱听戏，惦记老伴'),
    around: parts('安宁疗护团队每周上门，志愿者可排|子女轮流，长女最累'),
    aims: parts('安稳地过好余下的日子，家人有准备|少受苦，把话说完'),
    methods: parts('与团队沟通止痛，做生命回顾，支持照料的家人。'),
    goals: [['疼痛少一些', '疼痛自评', '分', 7, 3], ['有人陪伴', '每周有人陪伴', '次', 1, 4]],
    outcomes: parts('疼痛控制得住，见了想见的人。|相册理完了，家人轮流休息。'),
  },
};

/** How a note begins, by the way the work was done. */
const begins = {
  talk: parts('在站里谈了一次|约在社区会客室见面|自己来到站里|坐下来细谈了一次|午后在活动室角落坐下来谈|按约定的时间来了|和家人一起来坐了坐'),
  phone: parts('上午打了电话，响到第五声才接|晚饭后通了电话|电话里说了近况|回了昨天的未接来电|按约定周四通话|先发短信问方便，再打过去'),
  'home-visit': parts('上门看望|和社区的同事一起入户|顺路上楼坐了一会儿|雨停了才到，门虚掩着|按计划家访|带着上次说的东西上门'),
  outreach: parts('陪同出门一趟|一起去了窗口|陪着坐公交走了一回|在社区活动里见到|陪同去社康'),
  stakeholders: parts('与社区工作人员碰了头|和家属通了电话|与楼长说了几句|请网格员一起听|同社区民政员核对近况'),
  written: parts('整理材料|把这个月的情况写成小结|写好转介的说明|补写上周的记录|核对名册与台账'),
} as const;

/** How the work of a note was done. */
export type Way = keyof typeof begins;

const nexts = parts('下周二再来|两周后通电话|约好月底一起看一遍|下次带上材料的复印件|等回音，周五再问|下回请家人一起坐坐|三天后电话确认|下个月初再看情况|说好有事先打电话来|已写进下月的安排|先照这样走，半个月后再谈|记下来，和站长商量一次');
const hours = parts('上午|午后|傍晚前|下班前|十点多|两点半|三点来钟|雨天|天热');

/** Tells things once and never twice in a row: a shuffled deck that is shuffled again when it is used up. */
export class Deck<T> {
  readonly #all: readonly T[];
  readonly #random: Random;
  #left: T[] = [];
  constructor(all: readonly T[], random: Random) {
    this.#all = all;
    this.#random = random;
  }
  draw(): T {
    if (this.#left.length === 0) this.#left = this.#random.shuffle(this.#all);
    return this.#left.pop() as T;
  }
}

/** Somebody's story teller: each sentence of a life is used up before one comes again. */
export class Teller {
  readonly #seen: Deck<string>;
  readonly #done: Deck<string>;
  readonly #next: Deck<string>;
  readonly #random: Random;
  constructor(kind: LifeKind, random: Random) {
    this.#seen = new Deck(lives[kind].seen, random);
    this.#done = new Deck(lives[kind].done, random);
    this.#next = new Deck(nexts, random);
    this.#random = random;
  }
  /** One note of work. */
  note(way: Way): string {
    const random = this.#random;
    const begin = random.pick(begins[way]);
    const opening = random.chance(0.3) ? `${random.pick(hours)}${begin}` : begin;
    const seen = random.chance(0.35) ? `${this.#seen.draw()}；${this.#seen.draw()}` : this.#seen.draw();
    const done = random.chance(0.8) ? `${this.#done.draw()}。` : '';
    const next = done === '' || random.chance(0.75) ? `${this.#next.draw()}。` : '';
    return `${opening}，${seen}。${done}${next}`;
  }
  /** A short remark on what was seen. */
  remark(): string {
    return `${this.#seen.draw()}。`;
  }
  /** What was agreed to look at. */
  why(): string {
    return `看看“${this.#done.draw().split('，')[0]}”之后怎样。`;
  }
}

/** What a case is about, in two sentences. */
export const situation = (kind: LifeKind, random: Random): string => {
  const of = lives[kind];
  const [first, second] = random.sample(of.weighs, 2);
  return `${random.pick(of.came)}。${first}${random.chance(0.6) ? `，${second}` : ''}。${random.pick(of.wishes)}。`;
};

const safety = parts('煤气、电线都看过，没有问题|洗手间地面滑，已请社区来装扶手|插线板旧了，已提醒更换|门锁不好关，请物业来修|灶台边放着纸箱，一起挪开了|阳台栏杆结实，花盆移到了里侧|楼道灯坏了，报给了物业|热水器新换的，会用');
const health = parts('精神不错，三餐按时|血压偏高，记在本子上|这周睡得少，饭量减了一点|膝盖还疼，约了下周复诊|感冒刚好，还有些咳|体重没有变，走路稳|药按时吃，没有不舒服|牙疼两天，已约口腔门诊');
const daily = parts('早上去公园走一圈，下午看电视|多在家里，说想去合唱队看看|和邻居下棋，输多赢少|孩子放学后来，周末一起买菜|少出门，也少接电话|在楼下坐坐，和门卫说说话|种了几盆葱和辣椒|晚上看书到九点');
/** Remarks on a home in three sections (ST-05). */
export const homeSections = { health, safety, daily } as const;

const things = [
  ['大米', '袋', 6_500],
  ['食用油', '桶', 7_800],
  ['牛奶', '箱', 5_600],
  ['棉被', '床', 16_800],
  ['护理垫', '包', 4_200],
  ['开学礼包', '份', 18_000],
  ['冬衣', '件', 12_900],
  ['轮椅坐垫', '个', 9_800],
  ['血压计', '台', 13_500],
  ['慰问金', '份', 50_000],
  ['助学金', '份', 100_000],
  ['电饭煲', '台', 15_900],
] as const;
const givers = parts('区慈善会|爱心企业|社区邻里基金|街道慰问|志愿者众筹|商会');
const services = parts('陪同递交救助材料|上门教家属照料|陪同复诊取药|帮助核对医保报销|联系零工并陪同面试|陪读与功课辅导|帮助整理房间|讲解低保与临时救助');
const linked = parts('区慈善会物资与街道临时救助窗口。|爱心企业当月物资，另报助学。|社区邻里基金，药费部分走医疗救助。|街道慰问与志愿者陪伴。');
const heard = parts('够用一个月，心里松了口气。|东西收到，尺寸合适。|申请已批，下月起发放。|能用上，谢谢来的人。|孩子高兴，先用着。');
/** Parts of relief: what was given, by whom, what was done, what was said of it. */
export const reliefWords = { things, givers, services, linked, heard } as const;

/** Activities by kind: title, place and what came of it. */
export const activityWords = {
  'elder-care': [['长者生日会', '午后量血压', '防骗小课堂', '银发手机课', '太极晨练', '老歌合唱', '饺子会'], ['老人们约好下月再来。', '两位血压偏高，已请去社康复查。', '认出了三种骗术，笑得很开心。']],
  'disability-aid': [['无障碍踏查', '手作钥匙扣', '轮椅保养日', '手语入门', '辅具体验'], ['记下五处台阶，转给街道。', '修好四辆轮椅。', '学会十个手势，约好再来。']],
  relief: [['政策摆摊问答', '衣物交换日', '米油发放日', '求职面对面'], ['问得最多的是怎样申请临时救助。', '换出三十多件，余下的送去站里。', '两人当场约了面试。']],
  'mutual-help': [['邻里清洁日', '工具角开张', '楼栋茶话会', '旧物修补', '志愿者碰头'], ['排出值班表，四人报名。', '十几件旧物修好带走。', '说定楼道不放杂物。']],
  youth: [['四点半课堂', '亲子折纸', '周末阅读营', '篮球半日', '情绪小剧场'], ['孩子们坐得住一个小时。', '折好的纸鹤送给独居老人。', '家长说回家吵得少了。']],
} as const;
/** Where activities take place. */
export const activityPlaces = parts('社区活动室|邻里中心二楼|架空层|文化广场|社工站会客室|党群服务中心|街心公园');

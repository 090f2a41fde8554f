/**
 * Tells a story for one request: fills its placeholders and varies its details, so that two requests that share a
 * story read as two families. Pure: the same story, round and identifiers give the same text.
 */
import { type Random, randomFor } from './random.ts';
import { stories } from './stories.ts';
import type { Range, Story, StoryDecision, StoryOpinion, StoryPublication } from './types.ts';

/** Invented identifiers that the loader gives to one request. */
export interface StoryIdentifiers {
  name: string;
  /** Name of the child, for stories with one. */
  child: string;
  school: string;
  address: string;
  phone: string;
  worker: string;
}

/** Details drawn for one telling. */
export interface StoryDetails {
  age: number;
  childAge: number;
  months: number;
  amount: number;
}

/** A story with everything filled in. */
export interface ToldStory {
  storyKey: string;
  round: number;
  details: StoryDetails;
  title: string;
  household: string;
  story: string;
  tried: string;
  asks: string;
  opinions: readonly StoryOpinion[];
  decisions: readonly StoryDecision[];
  minutes: string;
  closing: { result: string; reflection: string };
}

/** Other titles by story, for its second and third telling. */
const otherTitles: Readonly<Record<string, readonly [string, string]>> = {
  'stopped-medicine': ['服药中断后封窗独处，母亲夜夜守门', '拒绝服药的儿子与守夜的母亲'],
  'discharge-no-home': ['病情平稳却出不了院，监护人迟迟不签字', '长期住院者的去处与财产代管之争'],
  'return-to-work': ['三份工作都因请假复诊而中断', '康复青年求职受挫，删光简历不出门'],
  'mother-with-illness': ['孩子替母亲取药守夜，频繁迟到', '母亲发病时孩子夜宿楼梯间'],
  'neighbour-complaints': ['独居患者夜里喊叫，邻居要求送走', '丧亲后病情波动，邻里关系紧绷'],
  postpartum: ['产后持续低落，家人认为是月子没坐好', '新手母亲觉得孩子换个妈妈会更好'],
  'spinal-injury': ['六楼无电梯，截瘫者困在床上', '截瘫后长期卧床，压疮反复'],
  'autism-transition': ['特殊学校毕业后无机构接收', '孤独症青年的过渡期空白'],
  'deaf-couple': ['听障孕妇误服药物，产检无翻译', '听障夫妻遭拒租与孕期调岗'],
  'visual-loss': ['失明后拒用盲杖，妻子事事代劳', '失去视力的司机不愿起床'],
  'wheelchair-student': ['教室搬上四楼，轮椅学生无法到课', '随班就读遇阻，母亲每天背着上楼'],
  'mental-disability-marriage': ['智力障碍孕妇的婚育意愿被家人代替', '工资卡被收走的准妈妈'],
  'night-player': ['凌晨三点才下线，母子为网线起冲突', '离异家庭的规则打架，孩子躲进战队'],
  'live-gifts': ['孩子用祖父身份大额打赏', '手术押金被打赏一空'],
  'girl-fandom': ['女孩加入比较低落的网络群', '穿长袖的女孩与深夜的陌生群'],
  'grandparents-phone': ['祖母以手机代看护，孩子离屏便打滚', '留守屏幕前的小学生'],
  'dropout-streamer': ['退学少女被直播协议困住', '未成年主播面临高额违约金'],
  'father-son-gamer': ['父亲深夜叫醒孩子上线', '夜班家庭作息颠倒，孩子课上睡觉'],
  'wang-hua': ['赔偿无着与孩子离校交织的单亲家庭', '单亲母亲的五重困难'],
  'left-behind-return': ['随迁团聚后母女互不说话', '留守女孩来深后锁门不出'],
  'school-refusal': ['被录视频后拒学，父亲断网砸门', '走不进教室的少年'],
  stepfather: ['再婚家庭十二条家规引发离家', '继女不肯同桌吃饭'],
  'custody-visit': ['校门口的探望之争', '离异父母对立，孩子交接前头痛'],
  'sibling-favour': ['女儿包揽家务却学不成画', '离家被责骂后出现自伤'],
  'ling-ling': ['收入骤断的三孩母亲出现轻生念头', '产期被辞，夜里独自站在窗边的母亲'],
  'mother-in-law': ['三代同住互相埋怨，丈夫躲着不回', '带孩子的方法之争闹到要离家'],
  'gambling-husband': ['多笔网贷压身，妻子独自隐瞒', '催收电话打到单位和学校'],
  'elder-care-quarrel': ['中风父亲出院在即，子女互相推诿', '旧房之争拖住照护安排'],
  'retired-couple': ['一把菜引发的分灶', '退休丈夫管家过细，妻子搬出'],
  'single-grandmother': ['老人不肯签失联声明，补助无法启动', '凌晨择菜养两个孙子的祖母'],
  'seventh-return': ['多次离家又返回，颈部出现指痕', '反复受暴的母亲与目睹的女儿'],
  'economic-control': ['证件与银行卡被锁，买菜要交发票', '没有伤痕的控制与羞辱'],
  'elder-abuse-wife': ['老伴疑失智动手，妻子不愿离家', '老年受暴者被劝忍让'],
  'pregnant-abuse': ['产检发现新旧伤，伴侣代答一切', '孕中见红的她问能不能走'],
  'faraway-bride': ['语言不通的受暴女子不知可以报警', '七年没有回过娘家的她'],
  'son-beats-mother': ['酗酒儿子伤人，母亲替他遮掩', '断了肋骨仍说是自己摔的'],
  'truth-telling': ['病人要真相，家属要隐瞒', '晚期病情告知与治疗选择的分歧'],
  'homecare-alone': ['独居晚期患者拒绝再住院', '想留在自己屋里走完最后一程'],
  'young-mother-hospice': ['病危母亲不知怎样与孩子道别', '停药之争与沉默的夫妻'],
  'estranged-son': ['病房里写不出地址的明信片', '临终者盼与失散亲人和解'],
  'home-vs-hospital': ['末期老人写下不插管，子女意见相反', '回乡愿望与抢救之争'],
  'bereaved-after': ['丧偶后以假装维持日常', '延长的哀伤与未上交的药物'],
};

/** Details that may stand in for each other; one telling keeps to one choice throughout. */
const interchangeable: readonly (readonly string[])[] = [
  ['电子厂', '塑胶厂', '玩具厂'], ['早餐店', '粉面店', '包子铺'], ['五金店', '文具店', '水果店'], ['快递站点', '货运站点', '配送站点'],
  ['超市收银员', '药店店员', '商场理货员'], ['足球队', '篮球队', '羽毛球队'], ['薄荷', '小葱', '罗勒'], ['生菜', '油麦菜', '小白菜'],
  ['奶茶店', '面包店', '甜品店'], ['话梅', '红枣', '桂圆'], ['修理铺', '修车铺', '电器铺'], ['红衣', '蓝衣', '紫衣'], ['骑行', '爬山', '钓鱼'],
];

const openings = [
  '', '以下为近期探访与会谈所知，{name}知情并同意求助。', '本站建档后由{worker}跟进，情况如下。', '求助前已在站内讨论一次，现整理如下。', '材料截至最近一次探访。',
];
const endings = [
  '', '社工已向站长报告，每周至少跟进一次。', '上次联系在三天前，情况与所述一致。', '目前仍由{worker}跟进，站内已督导一次。', '本站人手有限，盼中心尽早研判。',
];
const leadIns = ['', '从材料看，', '结合探访记录，', '就目前信息而言，'];
const followUps = ['', '两周后复核。', '请社工记录变化。', '执行有困难请及时反馈。'];

function within(random: Random, [low, high]: Range, step: number): number {
  return Math.min(high, Math.round(random.int(low, high) / step) * step);
}

/** Draws the varying details of one telling. */
function drawDetails(story: Story, random: Random): StoryDetails {
  const [, top] = story.amount;
  return {
    age: within(random, story.recipient.age, 1),
    childAge: story.child ? within(random, story.child.age, 1) : 0,
    months: within(random, story.months, 1),
    amount: within(random, story.amount, top >= 10000 ? 1000 : top >= 1000 ? 100 : top >= 100 ? 50 : 5),
  };
}

function fillWith(values: Readonly<Record<string, string | number>>, swaps: readonly (readonly [string, string])[]): (text: string) => string {
  return (text) => swaps
    .reduce((told, [from, to]) => told.replaceAll(from, to), text)
    .replace(/\{(\w+)\}/gu, (whole, key: string) => String(values[key] ?? whole));
}

function preparation(story: Story, round: number) {
  const random = randomFor(`telling ${story.key} ${round}`);
  const details = drawDetails(story, random);
  const swaps = round === 0 ? [] : interchangeable.map((group) => [group[0] as string, group[round % group.length] as string] as const);
  return { random, details, swaps };
}

/**
 * Tells a story.
 * @param round 0 for the story as written, 1 and 2 for its further tellings
 */
export function tellStory(story: Story, round: number, identifiers: StoryIdentifiers): ToldStory {
  const { random, details, swaps } = preparation(story, round);
  const fill = fillWith({ ...identifiers, ...details }, swaps);
  const plain = story.persona !== null || round === 0;
  const opening = plain ? '' : random.pick(openings.slice(1));
  const ending = plain ? '' : random.pick(endings.slice(1));
  const keep = plain || story.decisions.length < 3 ? story.decisions : random.chance(0.5) ? story.decisions : story.decisions.slice(0, -1);
  const opinions = plain ? story.opinions : random.shuffle(story.opinions);
  return {
    storyKey: story.key,
    round,
    details,
    title: round === 0 ? story.title : (otherTitles[story.key]?.[(round - 1) % 2] ?? story.title),
    household: fill(story.household),
    story: fill(opening + story.story + ending),
    tried: fill(story.tried),
    asks: fill(story.asks),
    opinions: opinions.map((opinion) => ({
      field: opinion.field,
      judgement: fill((plain ? '' : random.pick(leadIns)) + opinion.judgement),
      advice: fill(opinion.advice + (plain ? '' : random.pick(followUps))),
      risk: fill(opinion.risk),
    })),
    decisions: keep.map((decision) => ({ ...decision, text: fill(decision.text), doneText: fill(decision.doneText) })),
    minutes: fill(story.minutes),
    closing: { result: fill(story.closing.result), reflection: fill(story.closing.reflection) },
  };
}

/** Names that a publication shows: pseudonyms when released, the record's own in a draft before redaction. */
export type PublicationNames = Pick<StoryIdentifiers, 'name' | 'child'>;

/** Tells the publication of a story under the given names. */
export function tellPublication(story: Story, round: number, names: PublicationNames): StoryPublication {
  const { swaps } = preparation(story, round);
  const fill = fillWith(names, swaps);
  const { title, background, process, outcome, reflection } = story.publication;
  return { title: fill(title), background: fill(background), process: fill(process), outcome: fill(outcome), reflection: fill(reflection) };
}

/** One request to load: which story and which telling of it. */
export interface PlannedTelling {
  story: Story;
  round: number;
}

/** Most requests that the stories can carry while no two tellings share a title. */
export const mostTellings = stories.reduce((sum, story) => sum + (story.persona ? 1 : 3), 0);

/**
 * A fixed order of tellings for `count` requests: domains take turns, every story is told once before any is told
 * again, and the two persons of LH-24 and LH-25 are told once.
 */
export function planTellings(count: number): PlannedTelling[] {
  if (count > mostTellings) throw new RangeError(`the stories carry ${mostTellings} requests`);
  const byDomain = [...Map.groupBy(stories, (story) => story.domain).values()];
  const depth = Math.max(...byDomain.map((group) => group.length));
  const pass = Array.from({ length: depth }, (_, place) => byDomain.flatMap((group) => group[place] ?? [])).flat();
  return [0, 1, 2]
    .flatMap((round) => pass.filter((story) => round === 0 || !story.persona).map((story) => ({ story, round })))
    .slice(0, count);
}

/** Names of invented schools, none of them of the district. */
export const inventedSchools: readonly string[] = [
  '晨岭实验学校', '清荷小学', '松溪中学', '望湖学校', '青榕小学', '云峰中学', '澜桥学校', '南枝小学', '知远中学', '竹溪学校', '明庭小学', '枫桥中学',
];

/** An invented address inside a community; lanes are named 演示 so that no letter can arrive. */
export function inventedAddress(street: string, community: string, sequence: number): string {
  return `${street}${community}演示${'一二三四五六七八九'[sequence % 9]}巷${(sequence % 38) + 1}号${(sequence % 7) + 1}0${(sequence % 6) + 1}房`;
}

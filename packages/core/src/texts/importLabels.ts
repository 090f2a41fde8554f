/** Words of the room of imports that only its own pages need. */
import { columnsOf } from '../imports/columns.ts';
import type {
  ImportColumnKey,
  ImportFailure,
  ImportKind,
  ImportStatus,
  RowProblem,
  RowProblemCode,
  ShownRowState,
} from '../imports/schema.ts';

/** What a ledger holds. */
export const importKindLabels: Readonly<Record<ImportKind, string>> = { recipients: '服务对象名册', contacts: '服务台账' };

/** Where an import stands. */
export const importStatusLabels: Readonly<Record<ImportStatus, string>> = {
  waiting: '等待检查',
  checking: '正在检查',
  checked: '待确认',
  applying: '正在写入',
  done: '已导入',
  undoing: '正在撤销',
  undone: '已撤销',
  failed: '没有读成',
  dropped: '已放弃',
};

/** Why a file was not read to its end, or why an import stopped. */
export const importFailureLabels: Readonly<Record<ImportFailure, string>> = {
  'unpacks-too-large': '文件解开后太大，没有读。请拆成几份再导入。',
  entities: '文件里有外部引用或自定义实体，出于安全没有读。请用 Excel 或 WPS 另存为新的 .xlsx 再试。',
  'too-many-rows': '行数超过上限，没有导入。请拆成几份再导入。',
  'too-many-columns': '列数超过上限，没有读。请删去用不到的列再试。',
  'texts-too-large': '表格里的文字太多，没有读。请拆成几份再导入。',
  damaged: '文件已损坏或不完整，没有读。请重新另存一份再试。',
  'no-head': '没有找到表头，或缺少必需的列。请选对工作表、指明表头在第几行，再指明各列的含义。',
  'no-rows': '表头下面没有可以导入的行。',
  'file-gone': '文件已到期删除，没有继续。请重新上传。',
  'out-of-reach': '您已不在这个站点任职，没有继续写入。已写入的都还在。',
  'something-hangs-on-it': '撤销到一半，有的行已被别的记录用到，停了下来。没有撤销的行都还在。',
};

/** What a column means. */
export const importColumnLabels: Readonly<Record<ImportColumnKey, string>> = {
  name: '姓名',
  gender: '性别',
  idNumber: '证件号码',
  birthOn: '出生日期',
  phone: '电话',
  address: '住址',
  categories: '人员类别',
  disability: '残疾类别和等级',
  worker: '社工',
  happenedOn: '服务日期',
  kind: '服务方式',
  domain: '服务领域',
  minutes: '时长',
  people: '人次',
};

/** State of a row that was not simply taken. */
export const shownRowLabels: Readonly<Record<ShownRowState, string>> = { wrong: '有错', double: '可能重复', known: '已有' };

/** What is wrong with a row. */
export const rowProblemLabels: Readonly<Record<RowProblemCode, string>> = {
  missing: '没有填写',
  'too-long': '文字太长',
  'formula-empty': '公式没有算好的结果，平台不运行公式。请粘贴为数值',
  'formula-like': '像是公式，没有导入。请改成普通文字',
  'cell-error': '表格里是错误值（如 #REF!）',
  'date-unreadable': '看不懂这个日期。请写成 2026-03-05',
  'date-incomplete': '日期不完整，请写到哪一天',
  'date-future': '日期晚于今天',
  'date-too-early': '日期太早，请核对年份',
  'id-lost': '号码是按数字存的，超过 15 位的部分已经丢失，补不回来。请按文本格式重新填写',
  'id-wrong': '证件号码不对（位数、日期或校验码），请核对',
  'id-birth': '出生日期与身份证号不一致',
  'id-gender': '性别与身份证号不一致',
  'phone-wrong': '电话号码不对，请核对',
  'gender-unknown': '请写“男”或“女”',
  'category-unknown': '没有这个人员类别。可用：低保、低保边缘、特困、残疾、困境儿童、留守儿童、独居老人、失能老人、优抚、其他',
  'category-not-minor': '年龄不符：儿童类别须不满18周岁，留守儿童须不满16周岁',
  'disability-incomplete': '残疾要写明类别和等级，如“肢体二级”',
  'kind-unknown': '没有这种服务方式。可用：面谈、家访、电话、线上、资源链接、探访、小组、社区活动、其他',
  'domain-unknown': '没有这个服务领域，请对照台账里的十二个领域',
  'minutes-wrong': '时长应是 0 至 6000 的分钟数',
  'people-wrong': '人次应是不小于 1 的整数',
  'worker-unknown': '本站没有这位社工',
  'worker-twice': '本站有同名的社工，分不清是谁',
  'worker-other': '社工只能导入本人的记录',
  'person-missing': '请写服务对象：证件号码，或姓名加出生日期或电话',
  'person-unknown': '在您的范围内没有找到这位服务对象。请先导入名册，或核对证件号码、姓名、生日',
  'person-twice': '有几位服务对象同时符合，分不清是谁。请写证件号码',
  'same-row': '与前面的一行相同',
  'maybe-same-person': '可能与已登记的人是同一人',
  'maybe-counted': '同一天、同一社工、同一对象已有别处记下的服务',
};

/** One problem as a sentence. */
export const problemSays = (p: RowProblem): string => {
  const says = p.code === 'same-row' && p.row !== null ? `与第 ${p.row} 行相同` : rowProblemLabels[p.code];
  return p.column === null ? says : `${importColumnLabels[p.column]}：${says}`;
};

/** How a template is filled in. */
export const importHints: Readonly<Record<ImportKind, readonly string[]>> = {
  recipients: [
    '带 * 的列必须填写。姓名以外都可以空着，写得越全，越不会重复。',
    '证件号码和电话按文本填写；按数字填写的 18 位号码会丢失末几位，不能导入。15 位的旧号码会换算成 18 位。',
    '日期可以写 2026.3.5、2026年3月5日、2026-3-5、20260305。',
    '人员类别可用：低保、低保边缘、特困、残疾、困境儿童、留守儿童、独居老人、失能老人、优抚、其他；几种之间用顿号分开。',
    '标“空白同上”的列，空着表示与上一行相同。合计行会跳过。',
  ],
  contacts: [
    '带 * 的列必须填写。服务对象要先在名册里：写证件号码，或姓名加出生日期或电话。小组和社区活动可以只写人次。',
    '服务方式可用：面谈、家访、电话、线上、资源链接、探访、小组、社区活动、其他。',
    '日期可以写 2026.3.5、2026年3月5日、2026-3-5、20260305。',
    '标“空白同上”的列，空着表示与上一行相同。合计行会跳过。',
    '台账只计次数和时长，不导入服务内容；内容请写在个案记录里。',
  ],
};

/** What a column of a kind may mean, for the page on which one chooses. */
export const importColumnOptions = (kind: ImportKind) =>
  columnsOf(kind).map((c) => ({ value: c.key, label: c.title, fills: c.fills, needed: c.needed }));

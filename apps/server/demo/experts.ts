/** The expert bank of the demo (LH-10): forty invented experts in seven fields. */
import { fictitiousMobile, type Gender } from './names.ts';
import { organisations } from './organisations.ts';
import type { DemoExpert, HelpField } from './types.ts';

type Row = readonly [name: string, gender: Gender, title: string, organisation: string, fields: string, specialities: string, weekdays: string];

const fieldOf: Readonly<Record<string, HelpField>> = {
  教: 'education', 家: 'family', 心: 'psychology', 法: 'law', 经: 'economy', 医: 'medical', 业: 'employment',
};

/** `organisation` is a key of {@link organisations} or, for outside bodies, an invented name. */
const rows: readonly Row[] = [
  ['程知砚', 'male', '特级教师', '知明中学（演示）', '教', '初中学段厌学与复学衔接，长期带心理特护班，熟悉学籍与休复学手续。', '2 4'],
  ['叶若澜', 'female', '副教授', '南湾师范学院教育学系（演示）', '教家', '家校合作与隔代教养研究，擅长把学校要求改写成家庭做得到的小步骤。', '1 3 5'],
  ['白若嘉', 'female', '学业规划导师', 'm-school', '教业', '辍学与转轨学生的职业兴趣评估，熟悉中职升学和学徒制项目。', '2 3 4'],
  ['谭正航', 'male', '教研员', '区域教育研究室（演示）', '教', '特殊教育需要学生的随班就读支持，个别化教育计划编制。', '1 4'],
  ['邵文静', 'female', '学校社工督导', 'maimang', '教心', '校园欺凌与青少年自伤的学校干预流程，组织过百余次家校会谈。', '1 2 5'],
  ['孟昭林', 'male', '中学德育副校长', '观澜河中学（演示）', '教家', '行为偏差学生的处分与教育并行，父亲参与教养的动员。', '3 5'],
  ['梁素云', 'female', '家庭治疗师', 'm-family', '家心', '结构式家庭治疗与夫妻会谈，处理代际界限不清和教养分歧。', '1 2 4'],
  ['安知行', 'male', '家庭治疗师', 'm-family', '家', '离异与重组家庭的关系重建，亲子平行会谈。', '2 5'],
  ['柯佩珊', 'female', '婚姻家庭咨询师', '木棉婚姻家庭指导室（演示）', '家法', '家暴家庭的安全计划与分居、离婚过程中的共同养育安排。', '1 3 4'],
  ['罗宏达', 'male', '教授', '岭东大学社会工作系（演示）', '家', '优势视角与家庭抗逆力，长期督导家庭综合服务。', '3 4'],
  ['冯婉宁', 'female', '高级社会工作师', 'guitang', '家经', '单亲与服刑人员家庭支持，擅长多部门个案管理会议。', '2 3 5'],
  ['苏慧琳', 'female', '妇女儿童服务总监', 'linjia', '家', '受暴妇女庇护与离所后跟进，目睹儿童服务。', '1 2 3 4 5'],
  ['阮雅薇', 'female', '注册心理师', 'm-clinic', '心', '创伤后应激反应、哀伤辅导与自杀风险评估。', '1 2 4'],
  ['方景明', 'male', '精神科副主任医师', '清湖专科医院（演示）', '心医', '精神分裂症与双相障碍的社区康复，药物依从性管理。', '3 5'],
  ['邱思琪', 'female', '心理学博士', '岭东大学心理学系（演示）', '心', '青少年网络使用障碍的动机式访谈与认知行为干预。', '1 4 5'],
  ['许达远', 'male', '危机干预专家', '南城心理援助中心（演示）', '心', '自杀危机处置、安全计划制定与热线督导。', '1 2 3 4 5'],
  ['詹淑惠', 'female', '心理治疗师', 'weilan', '心家', '产后抑郁、母婴依恋与家庭照顾者压力。', '2 4'],
  ['钟毅恒', 'male', '心理健康教育主任', '福城实验学校（演示）', '心教', '校园心理危机三级预防，游戏与社交退缩学生个案。', '2 3'],
  ['贺静姝', 'female', '儿童游戏治疗师', '小屋檐儿童发展中心（演示）', '心', '目睹家暴和分离创伤儿童的游戏治疗、沙盘。', '1 3 5'],
  ['陆正言', 'male', '执业律师', '明川律师事务所（演示）', '法', '人身损害赔偿与刑事附带民事诉讼，执行款追索与司法救助。', '1 3 5'],
  ['查锐言', 'male', '公益律师', 'c-legal', '法', '劳动争议、工伤与欠薪，女职工三期权益。', '2 4'],
  ['柳静嫣', 'female', '妇女权益专员', 'p-women', '法家', '反家庭暴力告诫、人身安全保护令与庇护衔接。', '1 2 3 4'],
  ['祝慧瑾', 'female', '法律援助律师', 'p-justice', '法', '婚姻家事、监护与抚养，成年意定监护。', '2 5'],
  ['聂国栋', 'male', '退休法官', '龙观调解工作室（演示）', '法家', '家事调解、遗产与赡养纠纷，善于在判决之外找到出路。', '2 3 4'],
  ['雷正毅', 'male', '社区警务教官', 'p-police', '法', '家暴警情处置、肇事肇祸风险研判与未成年人保护强制报告。', '1 5'],
  ['万均衡', 'male', '家庭财务咨询师', 'm-debt', '经法', '家庭债务梳理、网贷协商与预算重建。', '1 2 4'],
  ['范书衡', 'male', '社会救助业务骨干', 'p-civil', '经', '低保、特困、临时救助与支出型困难家庭认定口径。', '1 2 3 4 5'],
  ['简思琦', 'female', '公益项目主管', 'c-xinhuo', '经', '困难家庭应急资助与公益资源拼接，熟悉十余家基金会的申请口径。', '2 3 5'],
  ['项丽萍', 'female', '社会保障研究员', '岭东大学公共管理学院（演示）', '经业', '社保关系接续、失业与生育待遇，灵活就业家庭收入测算。', '3 4'],
  ['严明辉', 'male', '慈善救助顾问', 'c-yiliao', '经医', '大病家庭自付费用估算与多渠道救助排序。', '1 4'],
  ['席秋澜', 'female', '医务社工', 'm-hospital', '医心', '出院计划、医患沟通与重病家庭支持会谈。', '1 3 4'],
  ['霍淑和', 'female', '安宁疗护护士长', 'm-hospice', '医', '居家安宁疗护、症状控制与家属照护训练。', '2 4 5'],
  ['裴骏驰', 'male', '康复治疗师', 'm-rehab', '医业', '脑卒中与脊髓损伤后的功能训练、辅具与职业康复。', '1 2 3'],
  ['康林楠', 'male', '公共卫生医师', 'p-health', '医', '严重精神障碍患者管理服务、应急送诊与以奖代补政策。', '1 2 3 4 5'],
  ['顾念慈', 'female', '老年科主任医师', '松元医院（演示）', '医家', '失智症家庭照护、临终医疗决策与预立医疗照护沟通。', '3 5'],
  ['蔡晓岚', 'female', '儿科发育行为医师', '大浪儿童医院（演示）', '医教', '孤独症与发育迟缓儿童评估、融合教育建议。', '2 5'],
  ['古立航', 'male', '就业辅导员', 'm-work', '业', '精神与智力障碍者支持性就业，在岗辅导与雇主沟通。', '1 3 5'],
  ['舒悦晴', 'female', '就业援助专员', 'p-employment', '业经', '就业困难认定、技能培训与社区公益性岗位匹配。', '2 3 4'],
  ['温学川', 'male', '残障就业专员', 'p-disabled', '业医', '按比例就业、居家就业与辅具适配一体安排。', '1 4 5'],
  ['游佩琼', 'female', '妇女创业导师', 'c-women', '业家', '受暴与单亲妇女重返职场，手工与家政方向的弹性就业。', '2 4 5'],
];

/** The forty experts, all within their term. */
export const experts: readonly DemoExpert[] = rows.map(([name, gender, title, organisation, fields, specialities, weekdays], index) => {
  const own = organisations.find((candidate) => candidate.key === organisation);
  return {
    key: `expert-${String(index + 1).padStart(2, '0')}`,
    name,
    gender,
    title,
    organisation: own?.name ?? organisation,
    organisationKey: own?.key ?? null,
    helpFields: [...fields].map((character) => fieldOf[character] as HelpField),
    specialities,
    weekdays: weekdays.split(' ').map(Number),
    maxPanelsPerMonth: 4,
    termFromDaysAgo: 820 - (index % 5) * 12,
    termToDaysAhead: index % 13 === 7 ? 21 : 276 + (index % 7) * 30,
    away: index % 9 === 4 ? [{ fromDaysAhead: 2 + (index % 5), toDaysAhead: 9 + (index % 5), note: '外出授课' }] : [],
    mobile: fictitiousMobile('expert', index + 1),
  };
});

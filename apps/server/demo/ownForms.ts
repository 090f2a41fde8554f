/** A form that a district issued for its own use: how a home that was made safer serves the person afterwards. Counts as no act of service. */
import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { day, form, must, one, passage, section, yesno } from '../src/forms/templates/parts.ts';

export const refitForm: FormDocument = form({
  code: 'own-refit',
  title: '适老化改造回访表',
  standard: '本区适老化改造项目自用',
  note: '改造完工以后按期次填一张，留在个案里；服务本身照常记在个案记录或探访里。',
  sections: [
    section('use', '改造以后', [
      one('round', '期次', { month: '满一个月', quarter: '满三个月', half: '满六个月', other: '另约' }, must),
      day('on', '日期', { ...must, notFuture: true }),
      one('way', '怎样了解', { visit: '上门', phone: '电话', online: '线上', family: '经家人了解' }, must),
      yesno('reached', '联系上了', must),
      passage('state', '现在的状况', { when: { field: 'reached', is: true }, ...must }),
      passage('tries', '怎么找过，接下来怎么办', { when: { field: 'reached', is: false }, ...must }),
      yesno('again', '需要返修', { when: { field: 'reached', is: true }, ...must }),
      passage('why-again', '返修的理由', { when: { field: 'again', is: true }, ...must }),
    ]),
  ],
});

/** Words of the search that only its own pages need. */
import type { SearchKind } from '../search/schema.ts';

/** Kinds of what is found, as headings. */
export const searchKindLabels: Readonly<Record<SearchKind, string>> = {
  recipient: '服务对象',
  case: '个案',
  note: '个案记录',
  visit: '探访',
  paper: '个案文书',
  request: '求助',
  staff: '人员',
  station: '站点',
  organisation: '机构',
  place: '地点',
  entry: '案例库',
};

/** The words of last year's report, as the centre saved them in January: a first version and a corrected one. */
import { dayFrom, type Instant, yearOf } from '@jieyou/core/shared/day.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

const OPENING = `这一年，求助从各街道陆续送来，中心与站点一起接住，专家按约定的时间给出意见。
多数家庭同时卡在几件事上：钱、孩子、病和彼此的话说不到一处。单靠一名社工做不完，分成几条支援线以后，每一条都有人负责到底。
离开平台的材料都先去掉了姓名、住址和电话，服务对象的同意逐件留存。`;

const OUTLOOK = `一是补齐就业和医疗康复方面的专家，让夜间和周末也约得到人。
二是把等待筛选的时间再缩短，快到期的每天由值班人员看一遍。
三是请各站把办结的个案整理成案例，互相学得上。`;

/** Adds the report of the year before the first start. */
export const reportRows = (rows: Rows, district: District, time: DemoTime): void => {
  const thisYear = yearOf(time.today);
  const author = district.named.centre;
  const versions = [
    { day: dayFrom(thisYear, 1, 9), opening: OPENING.split('\n')[0] ?? '', outlook: '' },
    { day: dayFrom(thisYear, 1, 16), opening: OPENING, outlook: OUTLOOK },
  ];
  for (const [i, { day, opening, outlook }] of versions.entries()) {
    if (day === undefined || day >= time.today) continue;
    const savedAt = `${day}T07:30:00.000Z` as Instant;
    rows.add('yearReportText', {
      districtId: district.id,
      id: idOf(savedAt),
      year: thisYear - 1,
      version: i + 1,
      opening,
      outlook,
      savedBy: author.personId,
      savedAt,
    });
  }
};

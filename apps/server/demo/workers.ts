/** The district's 879 workers (LH-20): invented, spread over agencies, the centre, street stations and rooms. */
import { fictitiousMobile, type Gender, openNameBook } from './names.ts';
import { agencies, centre, stations } from './organisations.ts';
import { randomFor } from './random.ts';
import type { DemoWorker, WorkerLevel } from './types.ts';

/** Number of workers in the district (LH-20). */
export const workerCount = 879;
/** Residents of the district (LH-21); with the workers it gives 3.52 per ten thousand. */
export const residentCount = 2_500_000;

const posts: readonly (readonly [string, number])[] = [
  ['社区社工', 46], ['青少年事务社工', 10], ['家庭综合服务社工', 9], ['精神卫生社工', 8], ['长者服务社工', 9],
  ['残障融合社工', 6], ['妇女儿童社工', 6], ['学校社工', 4], ['医务社工', 2],
];

/** Makes the workers; the same seed gives the same people in the same order, the street stations' heads first. */
export function buildWorkers(count: number = workerCount): DemoWorker[] {
  const random = randomFor('workers');
  const names = openNameBook(random);
  for (const name of ['王桦', '玲玲']) names.reserve(name);
  const places = stations.filter((station) => station.key !== centre.key);
  const streets = places.filter((station) => station.tier === 'street');
  return Array.from({ length: count }, (_, index): DemoWorker => {
    const gender: Gender = random.chance(0.74) ? 'female' : 'male';
    const head = index < streets.length;
    const atCentre = index >= streets.length && index < streets.length + 9;
    const place = head ? streets[index] : atCentre ? centre : random.weighted(places.map((station) => [station, station.tier === 'street' ? 7 : 1] as const));
    const station = place ?? centre;
    const level: WorkerLevel = head
      ? random.pick(['social-worker', 'senior'])
      : random.weighted([['none', 12], ['assistant', 52], ['social-worker', 33], ['senior', 3]]);
    const year = random.int(1974, 2001);
    return {
      number: `LH${String(index + 1).padStart(4, '0')}`,
      name: names.next(gender),
      gender,
      birthDate: `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
      mobile: fictitiousMobile('worker', index + 1),
      post: head ? '站长' : atCentre ? '疑难个案支援专员' : random.weighted(posts),
      level,
      agencyKey: atCentre ? 'operator' : station.operatorKey === 'operator' ? random.pick(agencies).key : station.operatorKey,
      stationKey: station.key,
      joinedDaysAgo: random.int(30, 2900),
    };
  });
}

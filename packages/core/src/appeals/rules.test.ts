import { describe, expect, it } from 'vitest';
import { reachable } from '../shared/moves.ts';
import { appealMoves } from './moves.ts';
import { appealActs, codeAnswers, spacedCode, stationOfStreet } from './rules.ts';
import { AppealDraft, AppealStatus, ReceiptCode } from './schema.ts';

const nobody = { own: false, takes: false, heads: false, opensCases: false, places: false };

describe('what may be done with an appeal', () => {
  it('a worker of the station takes it, and only whoever took it answers', () => {
    expect(appealActs({ ...nobody, status: 'waiting', takes: true, opensCases: true })).toEqual(['take', 'pass', 'unmask']);
    expect(appealActs({ ...nobody, status: 'taken', takes: true, opensCases: true })).toEqual(['pass', 'unmask']);
    expect(appealActs({ ...nobody, status: 'taken', own: true, takes: true, opensCases: true })).toEqual([
      'open',
      'link',
      'answer',
      'hand',
      'release',
      'pass',
      'unmask',
    ]);
  });

  it('the centre answers what it has in hand, and opens no case', () => {
    expect(appealActs({ ...nobody, status: 'taken', own: true, takes: true, places: true })).toEqual([
      'answer',
      'hand',
      'release',
      'pass',
      'unmask',
    ]);
    expect(appealActs({ ...nobody, status: 'waiting', places: true })).toEqual(['pass']);
  });

  it('the head names a worker', () => {
    expect(appealActs({ ...nobody, status: 'waiting', heads: true })).toEqual(['assign', 'pass', 'unmask']);
  });

  it.each(['answered', 'opened', 'handed', 'withdrawn'] as const)('nothing more once it is %s', (status) => {
    expect(appealActs({ ...nobody, status, own: true, takes: true, heads: true, opensCases: true, places: true })).toEqual(['unmask']);
    expect(appealActs({ ...nobody, status })).toEqual([]);
  });

  it('every state can be reached', () => {
    expect([...reachable(appealMoves, 'waiting')].sort()).toEqual([...AppealStatus.options].sort());
  });
});

describe('a receipt code', () => {
  it('answers until the last moment of its last day after the end', () => {
    const ended = '2026-03-01T00:00:00.000Z';
    expect(codeAnswers(null, '2036-01-01T00:00:00.000Z', 90)).toBe(true);
    expect(codeAnswers(ended, '2026-05-30T00:00:00.000Z', 90)).toBe(true);
    expect(codeAnswers(ended, '2026-05-30T00:00:00.001Z', 90)).toBe(false);
    expect(codeAnswers(ended, ended, 0)).toBe(true);
  });

  it('is read with spaces, hyphens and full-width digits, and is sixteen digits long', () => {
    expect(ReceiptCode.parse('1234 5678-9012 ３４５６')).toBe('1234567890123456');
    expect(ReceiptCode.safeParse('123456789012345').success).toBe(false);
    expect(ReceiptCode.safeParse('12345678901234567').success).toBe(false);
    expect(spacedCode('1234567890123456')).toBe('1234 5678 9012 3456');
  });
});

describe('the station of a street', () => {
  const street = { id: 's', path: '/c/d/s/' };
  const station = (id: string, tier: string, divisionPath: string) => ({ id, tier, divisionId: 'x', divisionPath });

  it('is its own before a room in it, of several the oldest, and never that of another street', () => {
    const rooms = [station('3', 'community-room', '/c/d/s/r/'), station('1', 'street-station', '/c/d/t/')];
    expect(stationOfStreet(street, rooms)).toBe('3');
    expect(stationOfStreet(street, [...rooms, station('5', 'street-station', '/c/d/s/'), station('4', 'street-station', '/c/d/s/')])).toBe(
      '4',
    );
  });

  it('is the centre where there is none', () => {
    expect(stationOfStreet(street, [])).toBeNull();
    expect(stationOfStreet(street, [station('1', 'city-centre', '/c/d/s/')])).toBeNull();
  });
});

describe('what a resident must say', () => {
  const least = {
    districtId: '0196f000-0000-7000-8000-000000000000',
    streetId: null,
    danger: false,
    topic: 'unsaid',
    says: '',
    reach: 'code',
    phone: null,
    name: null,
    safeTimes: [],
    safeNote: null,
    mayMessage: false,
    unsafe: false,
    leaveEmpty: '',
  };

  it('is nothing but how to be reached', () => {
    expect(AppealDraft.safeParse(least).success).toBe(true);
    expect(AppealDraft.safeParse({ ...least, reach: 'phone' }).success).toBe(false);
    expect(AppealDraft.safeParse({ ...least, reach: 'phone', phone: '19900001234' }).success).toBe(true);
    expect(AppealDraft.safeParse({ ...least, reach: 'phone', phone: '无' }).success).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

describe('settings', () => {
  it('have sensible defaults', () =>
    expect(readEnv({}, '/repo')).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', JIEYOU_DEMO: '1', dataDir: '/repo/.data' }));
  it('treat an empty value as absent', () => expect(readEnv({ PORT: '' }, '/repo').PORT).toBe(3000));
  it.each([
    [{ PORT: 'abc' }, 'PORT：应为 1 至 65535 的端口号'],
    [{ PORT: '70000' }, 'PORT：应为 1 至 65535 的端口号'],
    [{ JIEYOU_DEMO: 'yes' }, 'JIEYOU_DEMO：应为 0 或 1'],
    [{ DATABASE_URL: 'mysql://x', JIEYOU_KEY_FILE: '/k' }, 'DATABASE_URL：应形如'],
    [{ DATABASE_URL: 'postgres://u:p@h/d' }, 'JIEYOU_KEY_FILE：使用自备数据库'],
    [{ DATABASE_OWNER_URL: 'postgres://u:p@h/d' }, 'DATABASE_URL：指定了 DATABASE_OWNER_URL'],
    [{ JIEYOU_AT_ONCE: '0' }, 'JIEYOU_AT_ONCE：应为 1 至 1000 的请求数'],
    [{ JIEYOU_SEARCHES_AT_ONCE: '0' }, 'JIEYOU_SEARCHES_AT_ONCE：应为 1 至 1000 的请求数'],
    [{ JIEYOU_WAIT_MS: 'x' }, 'JIEYOU_WAIT_MS：应为 10 至 10000 的毫秒数'],
    [{ JIEYOU_METRICS_HOST: '0.0.0.0' }, 'JIEYOU_METRICS_TOKEN：指标在本机以外'],
    [{ JIEYOU_METRICS_TOKEN: 'short' }, 'JIEYOU_METRICS_TOKEN：至少 24 个字符'],
    [{ JIEYOU_IDLE_MINUTES: '1' }, 'JIEYOU_IDLE_MINUTES：应为 5 至 480 的分钟数'],
  ])('say what is wrong with %j', (source, says) => expect(() => readEnv(source, '/repo')).toThrow(says));
  it('name every bad one at once', () => {
    expect(() => readEnv({ PORT: 'x', JIEYOU_POOL: '1' }, '/repo')).toThrow(/PORT[\s\S]*JIEYOU_POOL/);
  });
});

import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number({ error: '应为 1 至 65535 的端口号' }).int().min(0).max(65535, { error: '应为 1 至 65535 的端口号' });
const postgres = z.string().regex(/^postgres(ql)?:\/\/[^\s]+$/, { error: '应形如 postgres://用户:密码@主机:端口/库名' });

const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host);

/** A whole number between two bounds; the message names both and what is counted. */
const bounded = (least: number, most: number, what: string) => {
  const error = `应为 ${least} 至 ${most} 的${what}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};

/** Every setting of the server; docs/operations.md lists them and a test compares. */
export const Settings = z
  .object({
    PORT: port.default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    JIEYOU_DATA: z.string().min(1).optional(),
    JIEYOU_DEMO: z.enum(['0', '1'], { error: '应为 0 或 1' }).default('1'),
    JIEYOU_DEMO_BULK: z.enum(['0', '1'], { error: '应为 0 或 1' }).default('1'),
    DATABASE_URL: postgres.optional(),
    DATABASE_OWNER_URL: postgres.optional(),
    JIEYOU_KEY_FILE: z.string().min(1).optional(),
    JIEYOU_TRUST_PROXY: z.enum(['0', '1'], { error: '应为 0 或 1' }).default('0'),
    JIEYOU_SECURE_COOKIES: z.enum(['0', '1'], { error: '应为 0 或 1' }).default('0'),
    JIEYOU_IDLE_MINUTES: z.coerce
      .number({ error: '应为 5 至 480 的分钟数' })
      .int()
      .min(5, { error: '应为 5 至 480 的分钟数' })
      .max(480, { error: '应为 5 至 480 的分钟数' })
      .default(30),
    JIEYOU_SESSION_HOURS: z.coerce
      .number({ error: '应为 1 至 24 的小时数' })
      .int()
      .min(1, { error: '应为 1 至 24 的小时数' })
      .max(24, { error: '应为 1 至 24 的小时数' })
      .default(10),
    JIEYOU_RATE_PER_MINUTE: z.coerce.number({ error: '应为 60 以上的次数' }).int().min(60, { error: '应为 60 以上的次数' }).default(1200),
    JIEYOU_POOL: z.coerce
      .number({ error: '应为 2 至 60 的连接数' })
      .int()
      .min(2, { error: '应为 2 至 60 的连接数' })
      .max(60, { error: '应为 2 至 60 的连接数' })
      .default(12),
    JIEYOU_AT_ONCE: bounded(1, 1000, '请求数').default(12),
    JIEYOU_SEARCHES_AT_ONCE: bounded(1, 1000, '请求数').default(3),
    JIEYOU_WAITING: bounded(0, 10000, '请求数').default(200),
    JIEYOU_WAIT_MS: bounded(10, 10000, '毫秒数').default(300),
    JIEYOU_REQUEST_SECONDS: bounded(1, 300, '秒数').default(30),
    JIEYOU_ACQUIRE_SECONDS: bounded(1, 60, '秒数').default(3),
    JIEYOU_STATEMENT_SECONDS: bounded(1, 300, '秒数').default(15),
    JIEYOU_LOCK_SECONDS: bounded(1, 300, '秒数').default(5),
    JIEYOU_IDLE_TRANSACTION_SECONDS: bounded(1, 600, '秒数').default(60),
    JIEYOU_SLOW_MS: bounded(0, 60000, '毫秒数').default(500),
    JIEYOU_METRICS_PORT: port.optional(),
    JIEYOU_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
    JIEYOU_METRICS_TOKEN: z.string().min(24, { error: '至少 24 个字符' }).optional(),
    JIEYOU_LOG: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { error: '应为 fatal、error、warn、info、debug 或 silent' })
      .default('warn'),
    CHROMIUM_PATH: z.string().optional(),
    JIEYOU_SMTP_HOST: z.string().min(1).optional(),
    JIEYOU_SMTP_PORT: port.default(587),
    JIEYOU_SMTP_SECURITY: z.enum(['starttls', 'tls', 'none'], { error: '应为 starttls、tls 或 none' }).default('starttls'),
    JIEYOU_SMTP_USER: z.string().min(1).optional(),
    JIEYOU_SMTP_PASSWORD: z.string().min(1).optional(),
    JIEYOU_SMTP_FROM: z.email({ error: '应为发件邮箱' }).optional(),
    JIEYOU_SMTP_CA_FILE: z.string().min(1).optional(),
    JIEYOU_SMTP_SECONDS: z.coerce
      .number({ error: '应为 1 至 120 的秒数' })
      .min(1, { error: '应为 1 至 120 的秒数' })
      .max(120, { error: '应为 1 至 120 的秒数' })
      .default(20),
    JIEYOU_PUBLIC_URL: z.url({ protocol: /^https?$/, error: '应形如 https://平台的域名' }).optional(),
  })
  .superRefine((s, ctx) => {
    if (s.DATABASE_URL !== undefined && s.JIEYOU_KEY_FILE === undefined) {
      ctx.addIssue({ code: 'custom', path: ['JIEYOU_KEY_FILE'], message: '使用自备数据库（DATABASE_URL）时必须指定密钥文件' });
    }
    const need = (path: keyof typeof s, message: string): void => {
      ctx.addIssue({ code: 'custom', path: [path], message });
    };
    if (s.JIEYOU_SMTP_HOST !== undefined) {
      if (s.JIEYOU_SMTP_FROM === undefined) need('JIEYOU_SMTP_FROM', '设置了 JIEYOU_SMTP_HOST 时须指定发件邮箱');
      if (s.JIEYOU_PUBLIC_URL === undefined) need('JIEYOU_PUBLIC_URL', '设置了 JIEYOU_SMTP_HOST 时须指定邮件里的平台网址');
      const local = isLoopback(s.JIEYOU_SMTP_HOST);
      if (s.JIEYOU_SMTP_SECURITY === 'none' && !local)
        need('JIEYOU_SMTP_SECURITY', '不加密（none）只可用于本机的邮件服务，其余请用 starttls 或 tls');
    }
    if (!isLoopback(s.JIEYOU_METRICS_HOST) && s.JIEYOU_METRICS_TOKEN === undefined)
      need('JIEYOU_METRICS_TOKEN', '指标在本机以外的地址上提供（JIEYOU_METRICS_HOST）时须指定令牌');
    if ((s.JIEYOU_SMTP_USER === undefined) !== (s.JIEYOU_SMTP_PASSWORD === undefined)) {
      need(s.JIEYOU_SMTP_USER === undefined ? 'JIEYOU_SMTP_USER' : 'JIEYOU_SMTP_PASSWORD', '邮件账号与口令须一起给');
    }
    if (s.DATABASE_OWNER_URL !== undefined && s.DATABASE_URL === undefined) {
      ctx.addIssue({
        code: 'custom',
        path: ['DATABASE_URL'],
        message: '指定了 DATABASE_OWNER_URL 时也须指定 DATABASE_URL（平台运行用的角色）',
      });
    }
  });

export type Env = z.infer<typeof Settings> & { readonly dataDir: string };

/** Reads the settings once, at start; a bad one stops the start with a sentence each. */
export const readEnv = (source: Record<string, string | undefined>, repoRoot: string): Env => {
  const present = Object.fromEntries(Object.entries(source).filter(([, v]) => v !== undefined && v !== ''));
  const parsed = Settings.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `  ${i.path.join('.')}：${i.message}`);
    throw new BadSettings(`设置有误，平台没有启动：\n${lines.join('\n')}\n请参见 docs/operations.md 的设置一览。`);
  }
  const given = parsed.data.JIEYOU_DATA;
  const dataDir = given === undefined ? join(repoRoot, '.data') : isAbsolute(given) ? given : resolve(repoRoot, given);
  return { ...parsed.data, dataDir };
};

/** Settings that do not pass; the message is for the operator. */
export class BadSettings extends Error {}

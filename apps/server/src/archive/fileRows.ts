import { formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import type { RequestFileKept } from '../cases/index.ts';
import type { LeftOutside, PaperPart, PrintedBook } from '../platform/print/index.ts';

const OUTSIDE: Readonly<Record<LeftOutside, string>> = {
  kind: '未并入：这类文件不能成页',
  unreadable: '未并入：文件损坏或有密码',
  'too-much': '未并入：超过合并上限',
};

const size = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

/** The list of enclosures: what was merged, and why the others were not. */
export const fileRows = (plans: PrintedBook['enclosures'], kept: readonly RequestFileKept[]): PaperPart[] =>
  kept.length === 0
    ? [{ kind: 'text', text: '没有附件。' }]
    : [
        {
          kind: 'table',
          head: ['附件', '文件名', '大小', '提供', '去处', 'SHA-256'],
          rows: kept.map((f, i) => {
            const plan = plans[i];
            const where = plan === undefined || plan.outside === null ? `并入 ${plan?.pages ?? 0} 页` : OUTSIDE[plan.outside];
            const added = formatInstant(f.addedAt as Instant);
            return [`附件 ${i + 1}`, f.name, size(f.bytes), `${f.addedByName}，${added}`, where, f.sha256];
          }),
        },
      ];

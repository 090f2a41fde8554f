import type { ArchiveFailure, ArchiveStatus } from '../archive/schema.ts';

export const archiveStatusLabels: Readonly<Record<ArchiveStatus, string>> = {
  waiting: '等待生成',
  making: '正在生成',
  ready: '可下载',
  failed: '没有生成',
  expired: '下载已过期',
};

export const archiveFailureLabels: Readonly<Record<ArchiveFailure, string>> = {
  'no-browser': '本机没有可用的浏览器，请管理员安装 Chromium 或设置 CHROMIUM_PATH 后重试',
  'out-of-reach': '生成时您已不能查看这份材料',
  'went-wrong': '生成时出错，没有留下文件，请重试',
};

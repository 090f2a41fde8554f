const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** '3月5日 10:00', in Shanghai. */
export const whenWords = (at: string): string => DAY.format(new Date(at));

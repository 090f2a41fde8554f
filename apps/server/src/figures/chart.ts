/** Bars as an inline drawing for paper: black and grey, with the number at the end of each bar. */
const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const plain = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? '');

const ROW = 26;
const WIDTH = 460;
const SIGN = 12;
const LONGEST_LABEL = 250;

export const barChart = (title: string, rows: readonly { label: string; value: number }[]): string => {
  const most = Math.max(1, ...rows.map((r) => r.value));
  const height = rows.length * ROW + 4;
  // Names are never cut: the longest one decides how much room is left for bars; one that is longer still is drawn closer.
  const wanted = Math.max(...rows.map((r) => r.label.length), 4) * SIGN + 8;
  const left = Math.min(wanted, LONGEST_LABEL);
  const room = WIDTH - left - 50;
  const bars = rows.map((r, i) => {
    const width = Math.round((r.value / most) * room);
    const y = i * ROW;
    const close = r.label.length * SIGN + 8 > LONGEST_LABEL ? ` textLength="${LONGEST_LABEL - 8}" lengthAdjust="spacingAndGlyphs"` : '';
    return `<text x="${left - 6}" y="${y + 17}" text-anchor="end"${close}>${plain(r.label)}</text><rect x="${left}" y="${y + 5}" width="${width}" height="16" fill="#555"/><text x="${
      left + width + 6
    }" y="${y + 17}">${r.value}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${plain(title)}" viewBox="0 0 ${WIDTH} ${height}" width="100%" font-size="${SIGN}" font-family="'Noto Sans CJK SC', SimHei, sans-serif">${bars.join('')}</svg>`;
};

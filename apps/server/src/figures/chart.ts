/** Bars as an inline drawing for paper: black and grey, with the number at the end of each bar. */
const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const plain = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? '');

const ROW = 26;
const LABEL = 150;
const BARS = 260;

export const barChart = (title: string, rows: readonly { label: string; value: number }[]): string => {
  const most = Math.max(1, ...rows.map((r) => r.value));
  const height = rows.length * ROW + 4;
  const bars = rows.map((r, i) => {
    const width = Math.round((r.value / most) * BARS);
    const y = i * ROW;
    const label = r.label.length > 11 ? `${r.label.slice(0, 10)}…` : r.label;
    return `<text x="${LABEL - 6}" y="${y + 17}" text-anchor="end">${plain(label)}</text><rect x="${LABEL}" y="${y + 5}" width="${width}" height="16" fill="#555"/><text x="${
      LABEL + width + 6
    }" y="${y + 17}">${r.value}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${plain(title)}" viewBox="0 0 460 ${height}" width="100%" font-size="12" font-family="'Noto Sans CJK SC', SimHei, sans-serif">${bars.join('')}</svg>`;
};

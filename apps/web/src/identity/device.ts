const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\/(\d+)/, '微信'],
  [/QihooBrowser|360(?:SE|EE)/, '360 浏览器'],
  [/UOSBrowser/, '统信浏览器'],
  [/Edg(?:A|iOS)?\/(\d+)/, 'Edge'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS/, '鸿蒙手机'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Mac OS X/, '苹果电脑'],
  [/Linux/, 'Linux 电脑'],
];

/** A browser's own description as people would call it; what nobody would recognise stays short. */
export const deviceWords = (agent: string): string => {
  const system = SYSTEMS.find(([form]) => form.test(agent))?.[1];
  for (const [form, name] of BROWSERS) {
    const found = form.exec(agent);
    if (found !== null) return `${system ?? '设备'}上的 ${name}${found[1] === undefined ? '' : ` ${found[1]}`}`;
  }
  return system ?? (agent.length > 40 ? `${agent.slice(0, 40)}…` : agent);
};

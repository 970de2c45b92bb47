const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'], [/Edg(?:A|iOS)?\//, 'Edge'], [/Firefox\//, 'Firefox'], [/(?:Chrome|CriOS)\//, 'Chrome'], [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux'],
]

/** Browser and system from what a browser calls itself: Chrome · Windows; null where neither is known. */
export function describeBrowser(userAgent: string | null): string | null {
  const nameOf = (names: readonly [RegExp, string][]): string[] => names.filter(([sign]) => sign.test(userAgent ?? '')).slice(0, 1).map(([, name]) => name)
  return [...nameOf(BROWSERS), ...nameOf(SYSTEMS)].join(' · ') || null
}

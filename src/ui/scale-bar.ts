const BARS_M = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const

/** A bar beside a map on paper: its length on paper and on the ground. */
export interface ScaleBar {
  readonly mm: number
  readonly metres: number
}

/** The longest round bar that takes at most a quarter of a map's width (mm), at so many metres a millimetre. */
export function scaleBar(metresPerMm: number, widthMm: number): ScaleBar {
  const metres = [...BARS_M].reverse().find((one) => one / metresPerMm <= widthMm / 4) ?? BARS_M[0]
  return { metres, mm: metres / metresPerMm }
}

/** Denominator of a scale, rounded to two digits: 1 to so many. */
export function roundScale(metresPerMm: number): number {
  const exact = metresPerMm * 1000
  const step = 10 ** (Math.floor(Math.log10(exact)) - 1)
  return Math.round(exact / step) * step
}

import type { Scope } from '@/core/scope'

/** Length of a street in metres, over all its pieces of the same name; a nameless street counts alone. */
export function streetLengthM({ streets, land: { frame } }: Scope, index: number): number {
  const { name } = streets[index]
  const pieces = name === '' ? [streets[index]] : streets.filter((street) => street.name === name)
  let lengthM = 0
  for (const { line } of pieces) {
    for (let k = 1; k < line.length; k++) {
      lengthM += Math.hypot((line[k][0] - line[k - 1][0]) * frame.mPerDegLng, (line[k][1] - line[k - 1][1]) * frame.mPerDegLat)
    }
  }
  return lengthM
}

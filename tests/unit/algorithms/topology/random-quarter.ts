import { makeLandFrame } from '@/core/land-frame'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { emptyLandInput, latticeLineOfMetres } from '@/algorithms/topology/land-input'
import type { LandBuilding, LandInput, LandStreet } from '@/algorithms/topology/land-input'

export const frame = makeLandFrame([117.6, 36.2])

export const line = (...xyM: number[]): Int32Array => latticeLineOfMetres(xyM)

/** Ring of a rectangle, metres, turned by some degrees about its middle. */
export function box(x: number, y: number, widthM: number, depthM: number, turnDeg = 0): Int32Array {
  const c = Math.cos((turnDeg * Math.PI) / 180)
  const s = Math.sin((turnDeg * Math.PI) / 180)
  const corner = (dx: number, dy: number) => [x + dx * c - dy * s, y + dx * s + dy * c]
  return latticeLineOfMetres([
    ...corner(-widthM / 2, -depthM / 2), ...corner(widthM / 2, -depthM / 2), ...corner(widthM / 2, depthM / 2),
    ...corner(-widthM / 2, depthM / 2),
  ])
}

export const building = (id: string, ring: Int32Array, households = 8): LandBuilding => ({ id, rings: [ring], households })

/**
 * A town quarter of `side` metres:
 *
 *   +-----------+-----------+    rows of houses along crossing streets,
 *   | == == ==  |  == == == |    lanes between the rows, each house turned
 *   | - - - - - | - - - - - |    and moved by chance (`dirt` metres)
 *   | == == ==  |  == == == |
 *   +-----------+-----------+
 */
export function randomQuarter(seed: number, options: { side?: number; dirt?: number } = {}): LandInput {
  const side = options.side ?? 240
  const dirt = options.dirt ?? 1
  const random = seededRandom(seed)
  const off = () => (random() * 2 - 1) * dirt
  const streets: LandStreet[] = []
  const buildings: LandBuilding[] = []
  const blocks = 2
  for (let k = 0; k <= blocks; k++) {
    const at = (side * k) / blocks
    streets.push({ id: `h${k}`, line: line(-20, at + off(), side / 2, at + off() * 3, side + 20, at + off()), highway: 'residential' })
    streets.push({ id: `v${k}`, line: line(at + off(), -20, at + off() * 3, side / 2, at + off(), side + 20), highway: 'secondary' })
  }
  for (let row = 0; row < side / 24; row++) {
    const y = 12 + row * 24
    if (row % 2) streets.push({ id: `l${row}`, line: line(0, y + 11 + off(), side, y + 11 + off()), highway: 'footway' })
    for (let column = 0; column < side / 20; column++) {
      if (random() < 0.15) continue
      const x = 10 + column * 20
      buildings.push({
        id: `b${row}-${column}`, rings: [box(x + off(), y + off(), 12 + random() * 8, 10 + random() * 4, off() * 6)],
        households: Math.floor(random() * 14),
      })
    }
  }
  return { ...emptyLandInput(frame), boundary: [line(0, 0, side, 0, side, side, 0, side)], buildings, streets }
}

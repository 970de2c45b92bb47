import { describe, expect, it } from 'vitest'
import { holdOut, type HoldOutTask } from '@/algorithms/density/hold-out'
import { seededRandom } from '@/algorithms/shared/seeded-random'

/** 20 × 20 squares of 10 m; before second 100 eight matters in each of nine, and one in every fifth of the rest. */
function pastOf(later: readonly (readonly [xM: number, yM: number])[]): HoldOutTask {
  const random = seededRandom(3)
  const xyM: number[] = []
  const groundXYM: number[] = []
  for (let k = 0; k < 400; k++) {
    const [x, y] = [10 * (k % 20), 10 * Math.floor(k / 20)]
    groundXYM.push(x, y)
    const crowd = x >= 40 && x < 70 && y >= 40 && y < 70 ? 8 : Number(random() < 0.2)
    for (let one = 0; one < crowd; one++) xyM.push(x, y)
  }
  const atS = new Float64Array(xyM.length / 2 + later.length).fill(50)
  atS.fill(100, xyM.length / 2)
  return {
    lattice: { shape: 'square', sideM: 10, anchorXM: 0, anchorYM: 0 },
    reachM: 15,
    groundXYM: Float64Array.from(groundXYM),
    xyM: Float64Array.from([...xyM, ...later.flat()]),
    atS,
    splitS: 100,
    test: { runs: 999, furtherRuns: 9_000, seed: 1, correction: 'benjamini-hochberg', level: 0.05 },
    kernelM: 20,
    rasterPixels: 100,
  }
}

describe('a forecast of what is held out', () => {
  it('knows no cell that only what is held out lies in: that is missed', () => {
    const inside = holdOut(pastOf([[50, 50], [60, 50], [150, 150]]))!
    const far = Array.from({ length: 30 }, (_, k) => [5_000 + 10 * k, 5_000] as const)
    const beside = holdOut(pastOf([[50, 50], [60, 50], [150, 150], ...far]))!
    expect([inside.cells, inside.later, beside.later]).toEqual([400, 3, 33])
    expect([beside.cells, beside.areaShare]).toEqual([inside.cells, inside.areaShare])
    for (const forecast of ['hotspots', 'density', 'counts'] as const) {
      const [one, other] = [inside.scores[forecast], beside.scores[forecast]]
      expect(one.hits).toBe(2)
      expect(other).toEqual({ ...one, pai: 2 / 33 / beside.areaShare })
    }
  })

  it('has cells of ground and past, and is null where nothing came after', () => {
    expect(holdOut({ ...pastOf([[50, 50]]), groundXYM: new Float64Array(0) })!.cells).toBeLessThan(200)
    expect(holdOut(pastOf([]))).toBeNull()
    expect(holdOut(pastOf([[5_000, 5_000]]))!.scores.hotspots).toMatchObject({ hits: 0, pai: 0, pei: 0 })
  })
})

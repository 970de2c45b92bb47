import { describe, expect, it } from 'vitest'
import { cutLand } from '@/algorithms/topology/cut-land'
import { CELL_REVIEWS, emptyLandInput, latticeLineOfMetres } from '@/algorithms/topology/land-input'
import { makeLandFrame } from '@/core/land-frame'
import { findingsEn } from '@/rooms/data-exchange/messages/findings-en'
import { findingsZh } from '@/rooms/data-exchange/messages/findings-zh'
import { noteCells } from '@/rooms/data-exchange/operations/place-things'
import { FindingList } from '@/rooms/data-exchange/readers/finding-list'

/*   +------+ +------+
 *   | [a]  ===  [b] |   two yards joined by a passage of 2.4 m
 *   +------+ +------+
 */
const frame = makeLandFrame([117.6, 36.2])
const line = (...xyM: number[]): Int32Array => latticeLineOfMetres(xyM)
const house = (id: string, x: number) => ({ id, rings: [line(x, 10, x + 20, 10, x + 20, 30, x, 30)], households: 10 })

describe('noteCells', () => {
  it('shows a cell with a narrow neck on the map', () => {
    const cut = cutLand({
      ...emptyLandInput(frame), buildings: [house('a', 10), house('b', 70)],
      boundary: [line(0, 0, 40, 0, 40, 18.8, 60, 18.8, 60, 0, 100, 0, 100, 40, 60, 40, 60, 21.2, 40, 21.2, 40, 40, 0, 40)],
    })
    const findings = new FindingList(-1)
    noteCells(cut, [], cut.land.cellCommunity, findings)
    expect(findings.list.map(({ code, severity }) => [code, severity])).toEqual([['cell_narrow', 'info']])
    expect(findings.list[0].at?.[0]).toBeCloseTo(117.6, 2)
  })

  it('has words for every reason a cell can be listed for', () => {
    // Empty cells come by the hundred and are not named.
    for (const code of CELL_REVIEWS.filter((review) => review !== 'empty')) {
      expect(findingsZh[`cell_${code}`]).toBeDefined()
      expect(findingsEn[`cell_${code}`]).toBeDefined()
    }
  })
})

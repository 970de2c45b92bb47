import { describe, expect, it } from 'vitest'
import { GI_STAR, localGi } from '@/algorithms/density/local-gi'
import { neighboursWithin } from '@/algorithms/density/neighbours'
import { hasReflectance, readReflectance } from '../../../helpers/published-gi'

/**
 *   20 |    4(5)      5(8)            Points and values of PySAL's own examples, binary band of 15. Two that are 14.14 apart
 *   30 |              6(7)            are neighbours, so are those 10 apart.
 *   10 | 1(2) 2(3)         3(3.2)
 *        10  15  20  30   40
 */
const PYSAL = {
  xyM: Float64Array.of(10, 10, 20, 10, 40, 10, 15, 20, 30, 20, 30, 30),
  values: [2, 3, 3.2, 5, 8, 7],
  giStar: [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331],
}

/** At cell (210, 210): Getis and Ord, The analysis of spatial association by use of distance statistics (1992). */
const AT_210 = { gi: [1.221979, 1.748098, 1.986135, 1.893374, 1.237454], reachM: [30, 60, 90, 120, 150], giStarOver: 1.45078, giStarPrinted: 1.447943 }

describe('local Gi', () => {
  it('gives the Gi* of the examples of PySAL', () => {
    const z = localGi(PYSAL.values, neighboursWithin(PYSAL.xyM, 15), GI_STAR)
    PYSAL.giStar.forEach((known, k) => expect(z[k]).toBeCloseTo(known, 8))
  })

  it('is 0 where nothing can vary', () => {
    const near = neighboursWithin(PYSAL.xyM, 15)
    expect([...localGi([3, 3, 3, 3, 3, 3], near, GI_STAR)]).toEqual([0, 0, 0, 0, 0, 0])
    const everyone = neighboursWithin(PYSAL.xyM, 100)
    expect([...localGi(PYSAL.values, everyone, GI_STAR)]).toEqual([0, 0, 0, 0, 0, 0])
    expect([...localGi(PYSAL.values, neighboursWithin(PYSAL.xyM, 1), { star: false, variance: 'n' })]).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('finds the values Getis and Ord printed, or says that their data is not here', ({ annotate }) => {
    if (!hasReflectance()) return void annotate('data of Getis and Ord is not here; the examples of PySAL stand for it')
    const { xyM, values, gi30, giStar30 } = readReflectance()
    const at = values.findIndex((_, k) => xyM[2 * k] === 210 && xyM[2 * k + 1] === 210)
    AT_210.reachM.forEach((reachM, k) => {
      expect(localGi(values, neighboursWithin(xyM, reachM), { star: false, variance: 'n' })[at]).toBeCloseTo(AT_210.gi[k], 6)
    })
    const near = neighboursWithin(xyM, 30)
    expect(localGi(values, near, GI_STAR)[at]).toBeCloseTo(AT_210.giStarOver, 5)
    expect(localGi(values, near, { star: true, variance: 'n - 1' })[at]).toBeCloseTo(AT_210.giStarPrinted, 6)
    localGi(values, near, { star: false, variance: 'n' }).forEach((z, k) => expect(z).toBeCloseTo(gi30[k], 8))
    localGi(values, near, GI_STAR).forEach((z, k) => expect(z).toBeCloseTo(giStar30[k], 8))
  })
})

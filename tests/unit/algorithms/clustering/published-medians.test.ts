import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { solveMedians } from '@/algorithms/clustering/solve-medians'
import { readMedianInstance } from '../../../helpers/median-instances'

const SHARED = '../shared/data/clustering'

/** Proved optima of the shared instances; where they are absent only the instance written out here is solved, and that is said. */
function provedInstances(): [name: string, ways: string, least: number][] {
  if (!existsSync(SHARED)) {
    console.warn(`${SHARED} is absent: published optima are not checked`)
    return []
  }
  const lines = readFileSync(`${SHARED}/best_known.csv`, 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(','))
  return lines.flatMap(([name, , , ways, least]) => (/^cpmp0[1-6]/.test(name) ? [[name, ways, Number(least)]] : []))
}

describe('published optima of the capacitated p-median', () => {
  it('are met', () => {
    for (const [name, ways, least] of provedInstances()) {
      const plan = solveMedians(readMedianInstance(`${SHARED}/${name}.txt`, ways), { seed: 1, movesANode: 4000 })
      expect([name, plan.overload, plan.cost.toFixed(2)]).toEqual([name, 0, least.toFixed(2)])
      expect(plan.bound).toBeLessThanOrEqual(least + 0.01)
    }
  })
})

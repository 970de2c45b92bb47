import { boundSites, type BoundedSites } from './bound-sites'
import { fillSites, groundOf, type FilledSites } from './fill-sites'
import { coverGround } from './narrow-cover'
import { proveMedians } from './prove-medians'
import { PROVED_WITHIN, proveSites } from './prove-sites'
import { dropSites, searchSites, wholeCosts } from './search-sites'
import { medianModel } from './site-model'
import type { SitingRun } from './site-run'
import type { SitingAnswer, SitingProblem } from './siting-problem'

const FIRST_ROUNDS = 80
const PROOF_ROUNDS = 600
/** Entries up to which the mixed-integer program is the better proof of medians. */
const PROGRAM_ENTRIES = 60_000

/** `most_served` and `least_total_walk`: the least cost of who goes nowhere, or of all walks. */
export function runLeastCost(problem: SitingProblem): SitingRun {
  const isCover = problem.aim === 'most_served'
  const ground = isCover ? coverGround(problem, problem.limitCm, (demand) => problem.weight[demand]) : groundOf(medianModel(problem))
  const { model } = ground
  const total = problem.units.reduce((sum, count, demand) => sum + count * problem.weight[demand], 0)
  const valueOf = (cost: number): number => (isCover ? total - model.base - cost : (model.base + cost) / 100)
  let best: FilledSites = fillSites(ground, model.always)
  let bounded: BoundedSites = { bound: 0, fixed: model.always, prices: best.prices }

  const isProvedAt = (bound: number): boolean => (isCover ? bound > best.cost - 1 + 1e-6 : bound >= best.cost - PROVED_WITHIN * (best.cost + model.base))
  const answer = (bound: number): SitingAnswer => {
    const isProved = isProvedAt(bound)
    const least = isCover && isProved ? best.cost : Math.min(best.cost, isCover ? Math.ceil(bound - 1e-6) : bound)
    return { open: best.open, value: valueOf(best.cost), bound: valueOf(least), isProved }
  }

  return {
    first({ isStopped = () => false } = {}) {
      best = dropSites(ground, searchSites(ground, model.count, { isStopped }))
      bounded = boundSites(ground, best, { ...bounded, prices: best.prices }, FIRST_ROUNDS, isStopped)
      return answer(bounded.bound)
    },
    prove(highs, { isStopped = () => false, onAnswer } = {}) {
      if (isProvedAt(bounded.bound)) return answer(bounded.bound)
      bounded = boundSites(ground, best, bounded, PROOF_ROUNDS, isStopped)
      if (isProvedAt(bounded.bound) || isStopped()) return answer(bounded.bound)
      onAnswer?.(answer(bounded.bound))
      if (!isCover && ground.isPlain && model.site.length > PROGRAM_ENTRIES) {
        const all = model.always.reduce((sum, is) => sum + is, 0) + model.count
        const found = proveMedians(wholeCosts(model), all, model.always, { open: best.open, cost: best.cost }, { isWhole: true, isStopped, onNode: (bound) => onAnswer?.(answer(bound)) })
        best = fillSites(ground, found.open)
        return answer(Math.max(bounded.bound, found.bound))
      }
      const found = proveSites(highs, ground, best, bounded, null, {
        isStopped,
        onNews(bound, better) {
          best = better ?? best
          onAnswer?.(answer(bound))
        },
      })
      if (found.best && found.best.cost < best.cost) best = found.best
      const bound = found.isEnded && isCover ? best.cost : Math.max(bounded.bound, found.bound)
      best = dropSites(ground, best)
      return answer(Math.min(best.cost, bound))
    },
  }
}

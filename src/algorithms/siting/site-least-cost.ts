import { boundSites, type BoundedSites } from './bound-sites'
import { fillSites, type FilledSites } from './fill-sites'
import { coverGround, medianGround } from './narrow-ground'
import { proveMedians } from './prove-medians'
import { PROVED_WITHIN, proveSites } from './prove-sites'
import { dropSites, exchangeSites, openSites, searchSites, wholeCosts } from './search-sites'
import type { SitingRun } from './site-run'
import type { SitingAnswer, SitingProblem } from './siting-problem'

/** Rounds of the first bound; fewer where a round takes long. */
const FIRST_ROUNDS = 80
const FIRST_ENTRIES = 2e7
/** Entries above which the exchange waits for the first answer. */
const LATER_ENTRIES = 400_000
const PROOF_ROUNDS = 600
/** Entries up to which a mixed-integer program is given to the solver: beyond, its memory would not do. */
const PROGRAM_ENTRIES = 120_000

/** `most_served` and `least_total_walk`: the least cost of who goes nowhere, or of all walks. */
export function runLeastCost(problem: SitingProblem): SitingRun {
  const isCover = problem.aim === 'most_served'
  const ground = isCover ? coverGround(problem, problem.limitCm, (demand) => problem.weight[demand]) : medianGround(problem)
  const { model } = ground
  const isLater = !ground.isPlain && model.site.length > LATER_ENTRIES
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
      best = isLater ? openSites(ground, model.count, 0, { isStopped }) : dropSites(ground, searchSites(ground, model.count, { isStopped }))
      const rounds = Math.max(4, Math.min(FIRST_ROUNDS, Math.floor(FIRST_ENTRIES / Math.max(1, model.site.length))))
      bounded = boundSites(ground, best, { ...bounded, prices: best.prices }, rounds, isStopped)
      return answer(bounded.bound)
    },
    prove(highs, { isStopped = () => false, onAnswer } = {}) {
      if (isProvedAt(bounded.bound)) return answer(bounded.bound)
      if (isLater) {
        best = dropSites(ground, exchangeSites(ground, best, { isStopped }))
        onAnswer?.(answer(bounded.bound))
      }
      bounded = boundSites(ground, best, bounded, PROOF_ROUNDS, isStopped)
      if (isProvedAt(bounded.bound) || isStopped()) return answer(bounded.bound)
      onAnswer?.(answer(bounded.bound))
      if (model.site.length > PROGRAM_ENTRIES && !ground.isPlain) return answer(bounded.bound)
      if (model.site.length > PROGRAM_ENTRIES) {
        const all = model.always.reduce((sum, is) => sum + is, 0) + model.count
        let risen = bounded.bound
        const found = proveMedians(wholeCosts(model), all, model.always, { open: best.open, cost: best.cost }, {
          isWhole: true,
          isStopped: () => isProvedAt(risen) || isStopped(),
          onNode(bound, cost, open) {
            risen = Math.max(risen, bound)
            if (cost < best.cost) best = fillSites(ground, open)
            onAnswer?.(answer(risen))
          },
        })
        best = fillSites(ground, found.open)
        return answer(Math.max(risen, found.bound))
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

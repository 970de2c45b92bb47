import { fillSites, type FilledSites } from './fill-sites'
import { coverGround } from './narrow-ground'
import { proveSites } from './prove-sites'
import { dropSites, openSites, searchSites } from './search-sites'
import type { SitingRun } from './site-run'
import { SITE, type SitingAnswer, type SitingProblem } from './siting-problem'

/** `fewest_stations`: as few new sites as serve what all sites together could. */
export function runFewest(problem: SitingProblem): SitingRun {
  const ground = coverGround(problem, problem.limitCm, () => 1)
  const { model } = ground
  const candidates = problem.state.filter((kind) => kind === SITE.candidate).length
  const forced = problem.state.filter((kind) => kind === SITE.forced).length
  const none = fillSites(ground, model.always)
  const unserved = fillSites(ground, new Uint8Array(model.sites).fill(1)).cost
  let best: FilledSites = none
  let bound = Math.max(leastByRoom(), leastApart())

  const opened = (open: Uint8Array): number => open.reduce((sum, is, site) => sum + Number(is === 1 && model.always[site] === 0), 0)
  const answer = (): SitingAnswer => ({ open: best.open, value: forced + opened(best.open), bound: forced + bound, isProved: bound >= opened(best.open) })

  /** Sites that those left over would fill. */
  function leastByRoom(): number {
    const missing = none.cost - unserved
    const most = Math.max(0, ...model.capacity.filter((_, site) => model.always[site] === 0))
    return missing <= 0 ? 0 : Math.max(1, Math.ceil(missing / most))
  }

  /** Demands that no open site reaches, no two of which one site could serve; each needs one of its own. */
  function leastApart(): number {
    if (unserved > 0) return 0
    const { demands, start, site, always } = model
    const rows = Array.from({ length: demands }, (_, demand) => site.subarray(start[demand], start[demand + 1])).sort((a, b) => a.length - b.length)
    const taken = new Uint8Array(model.sites)
    let apart = 0
    for (const row of rows) {
      if (row.some((one) => always[one] === 1 || taken[one] === 1)) continue
      for (const one of row) taken[one] = 1
      apart++
    }
    return apart
  }

  return {
    first({ isStopped = () => false } = {}) {
      best = dropSites(ground, openSites(ground, candidates, unserved, {}))
      for (let fewer = opened(best.open) - 1; fewer >= bound && !isStopped(); fewer--) {
        const tried = searchSites(ground, fewer, { isStopped })
        if (tried.cost > unserved) break
        best = dropSites(ground, tried)
        fewer = opened(best.open)
      }
      return answer()
    },
    prove(highs, { isStopped = () => false, onAnswer } = {}) {
      if (bound >= opened(best.open)) return answer()
      const found = proveSites(highs, ground, null, null, { unserved, sites: opened(best.open) - 1 }, {
        isStopped,
        onNews(risen, better) {
          if (better) best = better
          bound = Math.max(bound, Math.min(risen, opened(best.open)))
          onAnswer?.(answer())
        },
      })
      if (found.best) best = dropSites(ground, found.best)
      bound = found.isEnded ? opened(best.open) : Math.max(bound, Math.min(found.bound, opened(best.open)))
      return answer()
    },
  }
}

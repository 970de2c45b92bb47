import { fillSites, type FilledSites, type SiteGround } from './fill-sites'
import { coverGround } from './narrow-ground'
import { proveSites } from './prove-sites'
import { dropSites, searchSites } from './search-sites'
import { runLeastCost } from './site-least-cost'
import type { SitingRun } from './site-run'
import type { SitingAnswer, SitingProblem } from './siting-problem'

/**
 * `least_worst_walk`: as many units as can be go somewhere, and the longest walk is the least. One covering question for each length
 * that a walk has, by halves (Daskin 1995, section 5.5).
 */
export function runWorstWalk(problem: SitingProblem): SitingRun {
  const lengths = lengthsOf(problem)
  // Whoever can go somewhere at all: covering without limit.
  const reach = runLeastCost({ ...problem, aim: 'most_served', limitCm: lengths.at(-1) ?? 0, weight: new Int32Array(problem.units.length).fill(1) })
  const units = problem.units.reduce((sum, count) => sum + count, 0)
  let reached: SitingAnswer
  let open: Uint8Array
  /** Walks of this length are enough for `open`; those of `tooShort` and below are not for any choice. */
  let enough = lengths.length - 1
  let tooShort = -1

  const answer = (): SitingAnswer => {
    const bound = reached.isProved ? tooShort + 1 : 0
    return { open, value: (lengths[enough] ?? 0) / 100, bound: (lengths[bound] ?? 0) / 100, isProved: reached.isProved && bound >= enough }
  }
  const within = (at: number): { ground: SiteGround; unserved: number } => {
    const ground = coverGround(problem, lengths[at], () => 1)
    return { ground, unserved: units - reached.value - ground.model.base }
  }
  const take = (at: number, { ground, unserved }: ReturnType<typeof within>, filled: FilledSites): void => {
    enough = at
    const dropped = dropSites(ground, filled)
    open = dropped.cost <= unserved ? dropped.open : filled.open
  }
  /** The shortest length that search finds enough, from what is known. */
  const search = (isStopped: () => boolean): void => {
    for (let low = tooShort; low + 1 < enough && !isStopped(); ) {
      const at = (low + enough) >> 1
      const question = within(at)
      const found = searchSites(question.ground, question.ground.model.count, { isStopped })
      if (found.cost <= question.unserved) take(at, question, found)
      else low = at
    }
  }

  return {
    first({ isStopped = () => false } = {}) {
      reached = reach.first({ isStopped })
      open = reached.open
      raise()
      search(isStopped)
      return answer()
    },
    prove(highs, { isStopped = () => false, onAnswer } = {}) {
      if (!reached.isProved) {
        const before = reached.value
        reached = reach.prove(highs, { isStopped })
        if (reached.value > before) {
          open = reached.open
          enough = lengths.length - 1
          tooShort = -1
          raise()
          search(isStopped)
        }
        onAnswer?.(answer())
      }
      while (reached.isProved && tooShort + 1 < enough && !isStopped()) {
        const at = (tooShort + enough) >> 1
        const question = within(at)
        let found: FilledSites | null = null
        const proved = proveSites(highs, question.ground, null, null, { unserved: question.unserved, sites: question.ground.model.count }, {
          isStopped: () => found !== null || isStopped(),
          onNews: (_, better) => void (found = better ?? found),
        })
        found = proved.best ?? found
        if (found) take(at, question, found)
        else if (proved.isEnded) tooShort = at
        else break
        onAnswer?.(answer())
      }
      return answer()
    },
  }

  /** Lengths for which even all sites together are too few. */
  function raise(): void {
    for (let high = enough; tooShort + 1 < high; ) {
      const at = (tooShort + high) >> 1
      const { ground, unserved } = within(at)
      if (fillSites(ground, new Uint8Array(ground.model.sites).fill(1)).cost <= unserved) high = at
      else tooShort = at
    }
  }
}

/** Lengths that walks have, ascending, centimetres; 0, where nobody has to walk, among them. */
function lengthsOf({ walks, units }: SitingProblem): number[] {
  const all = new Set([0])
  for (let demand = 0; demand < units.length; demand++) {
    if (units[demand] > 0) for (let k = walks.start[demand]; k < walks.start[demand + 1]; k++) all.add(walks.walkCm[k])
  }
  return [...all].sort((a, b) => a - b)
}

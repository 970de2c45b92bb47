import { fillSites, groundOf, type SiteGround } from './fill-sites'
import { coverModel, medianModel, type SiteModel } from './site-model'
import type { SitingProblem } from './siting-problem'

/**
 * A covering model with nothing in it but demands that a further site could matter to. Whoever goes nowhere now finds every open site
 * within reach full, so do those who fill these, and so on (Dulmage and Mendelsohn 1958); all others are served without that part of
 * the land, and stay so. O(entries) beside one transportation problem.
 */
export function coverGround(problem: SitingProblem, limitCm: number, weight: (demand: number) => number): SiteGround {
  const ground = groundOf(coverModel(problem, limitCm, weight))
  if (ground.isPlain) return ground
  const { model } = ground
  const { flows } = fillSites(ground, model.always)
  if (!flows) return ground
  const { flow, problem: { arcs, max } } = flows.solution
  const fillers: number[][] = Array.from(max, () => [])
  flow.forEach((units, arc) => {
    if (units > 0) fillers[arcs.member[arc]].push(arcs.part[arc])
  })
  const isIn = new Uint8Array(model.demands)
  const queue: number[] = []
  const take = (member: number): void => {
    for (const demand of fillers[member].splice(0)) {
      if (isIn[demand] === 1) continue
      isIn[demand] = 1
      queue.push(demand)
    }
  }
  take(0)
  for (let demand = queue.pop(); demand !== undefined; demand = queue.pop()) {
    for (let k = model.start[demand]; k < model.start[demand + 1]; k++) {
      const member = flows.memberOf[model.site[k]]
      if (member >= 0) take(member)
    }
  }
  return isIn.includes(0) ? groundOf(pickEntries(model, (demand) => isIn[demand] === 1, () => true)) : ground
}

/**
 * The model of least walking without ways that no best choice walks: further sites only lower what a unit more of a demand costs (in
 * transportation problems prices of one side fall as the other side grows: Demange and Gale 1985), so nobody goes where it costs more
 * than that with none open. O(entries) beside one transportation problem.
 */
export function medianGround(problem: SitingProblem): SiteGround {
  const ground = groundOf(medianModel(problem))
  if (ground.isPlain) return ground
  const { model } = ground
  const { prices } = fillSites(ground, model.always)
  return groundOf(pickEntries(model, () => true, (demand, entry) => model.cost[entry] <= prices[demand]))
}

function pickEntries(model: SiteModel, takesDemand: (demand: number) => boolean, takesEntry: (demand: number, entry: number) => boolean): SiteModel {
  const demands: number[] = []
  const starts = [0]
  const entries: number[] = []
  for (let demand = 0; demand < model.demands; demand++) {
    if (!takesDemand(demand)) continue
    for (let k = model.start[demand]; k < model.start[demand + 1]; k++) if (takesEntry(demand, k)) entries.push(k)
    demands.push(demand)
    starts.push(entries.length)
  }
  return {
    ...model,
    demands: demands.length,
    start: Uint32Array.from(starts),
    site: Int32Array.from(entries, (k) => model.site[k]),
    cost: Int32Array.from(entries, (k) => model.cost[k]),
    units: Int32Array.from(demands, (demand) => model.units[demand]),
    unserved: Int32Array.from(demands, (demand) => model.unserved[demand]),
  }
}

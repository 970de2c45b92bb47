import type { XY } from '@/core/units'
import type { Random } from '../random'
import { convexHull, distanceM, fromLocal, insideRing, localRectangle, pointToCm, toLocal, type LocalFrame } from '../geometry/plane'
import type { SegmentIndex } from '../geometry/segment-index'
import { CLEAR_M, emptyGround, LineKind, type PlannedBuilding, type PlannedGround } from './land-model'

/** A village before it has houses. */
export interface VillageSite {
  readonly at: XY
  readonly households: number
  readonly frame: LocalFrame
  /** Whether the main street runs along v (north–south) rather than along u. */
  readonly mainAlongV: boolean
  readonly reachM: number
}

export interface Village {
  readonly ground: PlannedGround
  /** Convex, around everything built. */
  readonly core: readonly XY[]
  readonly households: number
}

interface Plot {
  readonly column: number
  readonly row: number
  readonly u0: number
  readonly u1: number
  readonly v0: number
  readonly v1: number
  readonly score: number
}

const MAIN_HALF_M = 4.6
const LANE_M = 4.4

/**
 * Lay out a village as the northern plain does: rows of yards facing south along lanes, a main street, an outline that
 * grows house by house. One farmstead a household; the plot nearest the middle is the village committee's. Where roads and
 * neighbours leave too little room, fewer households settle; `households` says how many.
 */
export function layVillage(site: VillageSite, name: string, faceRing: readonly XY[], lines: SegmentIndex, others: readonly XY[], random: Random): Village {
  const plots = choosePlots(site, candidatePlots(site, random), faceRing, lines, others)
  const ground = emptyGround()
  const [office, ...homes] = plots
  const rect = (p: Plot): XY[] => localRectangle(site.frame, p.u0, p.v0, p.u1, p.v1)
  ground.buildings.push({
    kind: 'public', name: `${name}党群服务中心`, ring: footprint(site.frame, office, random, 'plain'), floors: 2, stairwells: [], compound: -1, address: `${name}1号`,
  })
  // Numbered row by row from the south-west, as the committee would walk.
  const numbered = [...homes].sort((a, b) => a.row - b.row || a.column - b.column)
  numbered.forEach((plot, k) => {
    const shape = (['plain', 'west', 'east', 'both'] as const)[random.weighted([2, 4, 4, 3])]
    const home: PlannedBuilding = {
      kind: 'farmstead',
      name: `${k + 2}号`,
      ring: footprint(site.frame, plot, random, shape),
      floors: random.chance(0.16) ? 2 : 1,
      stairwells: [{ name: '', rooms: [''] }],
      compound: -1,
      address: `${name}${k + 2}号`,
    }
    ground.buildings.push(home)
  })
  layLanes(site, plots, ground)
  const around = plots.flatMap((p) => rect({ ...p, u0: p.u0 - 8, v0: p.v0 - 8, u1: p.u1 + 8, v1: p.v1 + 8 }))
  return { ground, core: convexHull(around), households: homes.length }
}

function candidatePlots(site: VillageSite, random: Random): Plot[] {
  const spans = (reachM: number, sizeLow: number, sizeHigh: number, gapAfter: () => number, main: boolean): [number, number][] => {
    const oneWay = (): [number, number][] => {
      const out: [number, number][] = []
      for (let at = main ? MAIN_HALF_M : LANE_M / 2; at < reachM; ) {
        const size = random.between(sizeLow, sizeHigh)
        out.push([at, at + size])
        at += size + gapAfter()
      }
      return out
    }
    return [...oneWay().map(([a, b]): [number, number] => [-b, -a]).reverse(), ...oneWay()]
  }
  const reachM = site.reachM * 2
  let inRun = 0
  let run = random.integer(4, 7)
  const columns = spans(reachM, 12.4, 15, () => {
    if (++inRun < run) return 0
    inRun = 0
    run = random.integer(4, 7)
    return LANE_M
  }, site.mainAlongV)
  const rows = spans(reachM, 16.2, 18.4, () => LANE_M + random.between(-0.4, 0.6), !site.mainAlongV)
  const bumps = Array.from({ length: 5 }, (_, k) => ({ weight: random.between(0.03, 0.22), phase: random.between(0, 6.3), times: k + 2 }))
  const stretch = random.between(0.8, 1.3)
  return columns.flatMap(([u0, u1], column) =>
    rows.map(([v0, v1], row): Plot => {
      const u = ((u0 + u1) / 2) * stretch
      const v = (v0 + v1) / 2 / stretch
      const angle = Math.atan2(v, u)
      const bump = bumps.reduce((sum, b) => sum + b.weight * Math.sin(angle * b.times + b.phase), 1)
      return { column, row, u0, u1, v0, v1, score: Math.hypot(u, v) / bump + random.between(0, 16) }
    }),
  )
}

function choosePlots(site: VillageSite, candidates: Plot[], faceRing: readonly XY[], lines: SegmentIndex, others: readonly XY[]): Plot[] {
  const wanted = site.households + 1
  const out: Plot[] = []
  for (const plot of candidates.sort((a, b) => a.score - b.score)) {
    if (out.length === wanted) return out
    const ring = localRectangle(site.frame, plot.u0, plot.v0, plot.u1, plot.v1)
    const middle = fromLocal(site.frame, (plot.u0 + plot.u1) / 2, (plot.v0 + plot.v1) / 2)
    const ownM = distanceM(middle, site.at)
    if (others.some((other) => distanceM(middle, other) < ownM + 30)) continue
    if (!insideRing(middle, faceRing)) continue
    if (lines.tooNear(ring, (kind) => CLEAR_M[kind] - 2, 46)) continue
    out.push(plot)
  }
  return out
}

type Shape = 'plain' | 'west' | 'east' | 'both'

/** House along the north side of the yard, with wings to the south. */
function footprint(frame: LocalFrame, plot: Plot, random: Random, shape: Shape): XY[] {
  const side = random.between(0.3, 0.6)
  const u0 = plot.u0 + side
  const u1 = plot.u1 - side
  const v1 = plot.v1 - random.between(0.4, 1)
  const depth = random.between(5.8, 7.2)
  const v0 = v1 - depth
  const wing = random.between(3, 3.8)
  const foot = v0 - random.between(4.5, Math.min(8, v0 - plot.v0 - 0.6))
  const local: XY[] = [[u0, v0]]
  if (shape === 'west' || shape === 'both') local.splice(0, 1, [u0, foot], [u0 + wing, foot], [u0 + wing, v0])
  if (shape === 'east' || shape === 'both') local.push([u1 - wing, v0], [u1 - wing, foot], [u1, foot])
  else local.push([u1, v0])
  local.push([u1, v1], [u0, v1])
  return local.map(([u, v]) => pointToCm(fromLocal(frame, u, v)))
}

/** Lanes run in the gaps between rows and runs of columns, as far as there are yards on them. */
function layLanes(site: VillageSite, plots: readonly Plot[], ground: PlannedGround): void {
  const lane = (kind: LineKind, a: XY, b: XY): void => {
    ground.lines.push({ name: '', kind, line: [pointToCm(fromLocal(site.frame, ...a)), pointToCm(fromLocal(site.frame, ...b))] })
  }
  const along = (key: 'row' | 'column'): void => {
    const byIndex = new Map<number, Plot[]>()
    for (const plot of plots) byIndex.set(plot[key], [...(byIndex.get(plot[key]) ?? []), plot])
    const [low, high, first, last] = key === 'row' ? (['u0', 'u1', 'v0', 'v1'] as const) : (['v0', 'v1', 'u0', 'u1'] as const)
    const indices = [...byIndex.keys()].sort((a, b) => a - b)
    for (const index of indices) {
      const below = byIndex.get(index)!
      const above = byIndex.get(index + 1)
      if (!above) continue
      const gapM = above[0][first] - below[0][last]
      if (gapM < 2) continue
      const middle = (above[0][first] + below[0][last]) / 2
      if (gapM > MAIN_HALF_M * 1.9) continue
      const both = [...below, ...above]
      const from = Math.min(...both.map((p) => p[low])) - 2
      const to = Math.max(...both.map((p) => p[high])) + 2
      lane(LineKind.lane, key === 'row' ? [from, middle] : [middle, from], key === 'row' ? [to, middle] : [middle, to])
    }
  }
  along('row')
  along('column')
}

/** The main street's two ends, so that the road to the village can meet one of them. */
export function mainStreet(site: VillageSite): [XY, XY] {
  const m = site.reachM + 12
  return site.mainAlongV
    ? [fromLocal(site.frame, 0, -m), fromLocal(site.frame, 0, m)]
    : [fromLocal(site.frame, -m, 0), fromLocal(site.frame, m, 0)]
}

/** Direction, in the village's frame, in which something lies. */
export const directionIn = (site: VillageSite, p: XY): XY => toLocal(site.frame, p)

import type { XY } from '@/core/units'
import type { Random } from '../random'
import { between, bezier, convexHull, distanceM, fromLocal, pointToCm, resample, type LocalFrame } from '../geometry/plane'
import { LineKind, RIVER_WIDTH_M, type NamedLine } from './land-model'
import type { Outline, Side } from './outline'
import { layTownGrid } from './town-grid'

/** Lines that order the land: river, railway, roads to the neighbours, and the town's street grid. */
export interface Backbone {
  readonly lines: readonly NamedLine[]
  readonly town: Town
  /** Axis and banks of the river. */
  readonly river: { readonly axis: readonly XY[]; readonly band: readonly XY[] }
}

export interface Town {
  readonly frame: LocalFrame
  /** Quarters between main streets, ring by ring; the town is their union. */
  readonly quarters: readonly (readonly XY[])[]
  /** Convex, around all quarters. */
  readonly hull: readonly XY[]
}

const RADIAL_NAMES: Readonly<Record<Side, string>> = {
  W: '高西路', E: '高东路', NW: '高柳路', NE: '高杏路', SW: '高塔路', SE: '高云路',
}

const INNER_RING = ['槐林路', '青杨路', '白果路', '石桥路', '清泉路', '果园路']
const OUTER_RING = ['西岭路', '北山路', '杏坡路', '东河路', '南塔路', '西洼路']

/** Draw the lines of record of one street's land. */
export function drawBackbone(outline: Outline, urbanCommunities: number, random: Random): Backbone {
  const frame: LocalFrame = {
    origin: [outline.centre[0] + random.between(-150, 150), outline.centre[1] + random.between(150, 350)],
    angleRad: (random.between(5, 10) * (random.chance(0.5) ? 1 : -1) * Math.PI) / 180,
  }
  const grid = layTownGrid(frame, urbanCommunities, random)
  const lines: NamedLine[] = [{ name: '', kind: LineKind.outline, line: [...outline.ring, outline.ring[0]] }, ...grid.lines]
  const add = (name: string, kind: LineKind, line: readonly XY[]): void => {
    lines.push({ name, kind, line: line.map(pointToCm) })
  }

  const radial = (side: Side, start: XY, before: XY): XY[] => {
    const line = wandering(start, before, outline.roads[side], outline.centre, random)
    add(RADIAL_NAMES[side], LineKind.county, line)
    return line
  }
  const radials = (['W', 'NW', 'NE', 'E', 'SE', 'SW'] as const).map((side) => {
    const { end, before } = grid.exits[side]
    return radial(side, end, before)
  })
  radials.forEach((line, k) => {
    const next = radials[(k + 1) % radials.length]
    for (const [share, names] of [[0.34, INNER_RING], [0.74, OUTER_RING]] as const) {
      const a = line[Math.round(line.length * share)]
      const b = next[Math.round(next.length * (share + random.between(-0.06, 0.06)))]
      const bulge = 1 + random.between(0.02, 0.1)
      const out = (p: XY): XY => between(outline.centre, p, bulge)
      const middle: [XY, XY] = [out(between(a, b, 0.33)), out(between(a, b, 0.67))]
      add(names[k], LineKind.county, bezier(a, middle[0], middle[1], b, 24))
    }
  })

  const [railStart, railEnd] = [outline.railway.northwest, outline.railway.southeast]
  const nearTown = (u: number, v: number): XY => fromLocal({ origin: frame.origin, angleRad: 0 }, u, v)
  add('高杏铁路', LineKind.railway, bezier(railStart, nearTown(-2700, -900), nearTown(-900, -2900), railEnd, 80))

  const inTown = grid.axis
  const first = meander(outline.river.west, inTown[0], inTown[1], outline.centre, random).slice(0, -1)
  const last = meander(outline.river.east, inTown[inTown.length - 1], inTown[inTown.length - 2], outline.centre, random).reverse().slice(1)
  const axis = [...first, ...inTown, ...last].map(pointToCm)
  add('柳河', LineKind.river, axis)
  const town: Town = { frame, quarters: grid.quarters, hull: convexHull(grid.quarters.flat()) }
  return { lines, town, river: { axis, band: band(axis, RIVER_WIDTH_M / 2) } }
}

/** A road that leaves in the direction it came and arrives heading away from the middle, with gentle bends. */
function wandering(start: XY, before: XY, end: XY, centre: XY, random: Random): XY[] {
  const lengthM = distanceM(start, end)
  const heading = between(before, start, 1 + (lengthM * 0.35) / distanceM(before, start))
  const arriving = between(end, centre, 0.25)
  const line = resample(bezier(start, heading, arriving, end, 24), 75)
  const bendM = random.between(18, 40)
  const phase = random.between(0, 6)
  return swayed(line, (s) => bendM * Math.sin(phase + s / 300))
}

function meander(end: XY, start: XY, before: XY, centre: XY, random: Random): XY[] {
  const lengthM = distanceM(start, end)
  const heading = between(before, start, 1 + (lengthM * 0.3) / distanceM(before, start))
  const line = resample(bezier(end, between(end, centre, 0.3), heading, start, 30), 36)
  const swingM = random.between(90, 130)
  const phase = random.between(0, 6)
  return swayed(line, (s) => swingM * Math.sin(phase + s / 190) * (0.7 + 0.3 * Math.sin(s / 610)))
}

/** Move a line sideways by a function of the length run; both ends stay. */
function swayed(line: readonly XY[], offM: (runM: number) => number): XY[] {
  let total = 0
  const runs = line.map((p, i) => (i === 0 ? 0 : (total += distanceM(line[i - 1], p))))
  return line.map((p, i) => {
    if (i === 0 || i === line.length - 1) return p
    const [a, b] = [line[i - 1], line[i + 1]]
    const lengthM = distanceM(a, b)
    const fade = Math.min(1, Math.min(runs[i], total - runs[i]) / 350)
    const off = offM(runs[i]) * fade
    return [p[0] - ((b[1] - a[1]) / lengthM) * off, p[1] + ((b[0] - a[0]) / lengthM) * off]
  })
}

/** Closed band around a line, its half width to either side. */
export function band(line: readonly XY[], halfM: number): XY[] {
  const side = (sign: number): XY[] =>
    line.map((p, i) => {
      const a = line[Math.max(0, i - 1)]
      const b = line[Math.min(line.length - 1, i + 1)]
      const lengthM = distanceM(a, b)
      return pointToCm([p[0] - (((b[1] - a[1]) * halfM) / lengthM) * sign, p[1] + (((b[0] - a[0]) * halfM) / lengthM) * sign])
    })
  return [...side(-1), ...side(1).reverse()]
}

import type { XY } from '@/core/units'
import type { Random } from '../random'
import { between, bezier, distanceM, fromLocal, pointToCm, resample, type LocalFrame } from '../geometry/plane'
import { LineKind, RIVER_WIDTH_M, type NamedLine } from './land-model'
import type { Outline, Side } from './outline'

/** Lines that order the land: river, railway, roads to the neighbours, and the town's street grid. */
export interface Backbone {
  readonly lines: readonly NamedLine[]
  readonly town: Town
  /** Axis and banks of the river. */
  readonly river: { readonly axis: readonly XY[]; readonly band: readonly XY[] }
}

export interface Town {
  readonly frame: LocalFrame
  /** Outer ring street. */
  readonly ring: readonly XY[]
}

const NS_NAMES = ['西环路', '桃园街', '府前街', '凤凰街', '学院街', '东环路']
const EW_NAMES = ['北环路', '建设路', '文昌路', '新华路', '南环路']
const RADIAL_NAMES: Readonly<Record<Side, string>> = {
  W: '高西路', E: '高东路', NW: '高柳路', NE: '高杏路', SW: '高塔路', SE: '高云路',
}

/** Draw the lines of record of one street's land. */
export function drawBackbone(outline: Outline, urbanCommunities: number, random: Random): Backbone {
  const frame: LocalFrame = {
    origin: [outline.centre[0] + random.between(-150, 150), outline.centre[1] + random.between(150, 350)],
    angleRad: (random.between(5, 10) * (random.chance(0.5) ? 1 : -1) * Math.PI) / 180,
  }
  const large = urbanCommunities >= 11
  const us = spaced(-random.between(780, 830), large ? 5 : 4, 300, 370, random)
  const north = spaced(-random.between(210, 240), large ? 3 : 2, 305, 365, random)
  const axisV = north[0] - random.between(205, 235)
  const vs = [axisV - random.between(300, 340), axisV - 54, axisV + 54, ...north]
  const phase = random.between(0, Math.PI * 2)
  const warp = (u: number, v: number): XY =>
    pointToCm(fromLocal(frame, u + 22 * Math.sin(v / 430 + phase), v + 26 * Math.sin(u / 520 + phase * 1.7)))
  const alongU = (v: number, u0: number, u1: number): XY[] => sampled(us, u0, u1).map((u) => warp(u, v))
  const alongV = (u: number, v0: number, v1: number): XY[] => sampled([...vs, axisV], v0, v1).map((v) => warp(u, v))
  const [uWest, uEast] = [us[0], us[us.length - 1]]
  const [vSouth, vNorth] = [vs[0], vs[vs.length - 1]]

  const lines: NamedLine[] = [{ name: '', kind: LineKind.outline, line: [...outline.ring, outline.ring[0]] }]
  const add = (name: string, kind: LineKind, line: readonly XY[]): void => {
    lines.push({ name, kind, line: line.map(pointToCm) })
  }
  const mainV = north[1]
  const west = us[2]
  const east = us[us.length - 2]
  vs.forEach((v, k) => {
    const bank = k === 1 || k === 2
    const name = bank ? (k === 1 ? '滨河南路' : '滨河北路') : k === 0 ? EW_NAMES[4] : EW_NAMES[2 + (north.indexOf(mainV) - north.indexOf(v))]
    add(name, v === mainV ? LineKind.arterial : LineKind.main, alongU(v, uWest, uEast))
  })
  us.forEach((u, k) => {
    const name = k === us.length - 1 ? NS_NAMES[5] : NS_NAMES[k]
    // The westernmost and one middle street do not cross the river: a town has fewer bridges than streets.
    const bridged = u !== uWest && !(large && k === 3)
    const kind = u === west || u === east ? LineKind.arterial : LineKind.main
    if (bridged) return add(name, kind, alongV(u, vSouth, vNorth))
    add(name, kind, alongV(u, vs[2], vNorth))
    add(name, kind, alongV(u, vSouth, vs[1]))
  })

  const radial = (side: Side, start: XY, before: XY): XY[] => {
    const line = wandering(start, before, outline.roads[side], outline.centre, random)
    add(RADIAL_NAMES[side], LineKind.county, line)
    return line
  }
  const radials = [
    radial('W', warp(uWest, mainV), warp(uWest + 100, mainV)),
    radial('NW', warp(west, vNorth), warp(west, vNorth - 100)),
    radial('NE', warp(east, vNorth), warp(east, vNorth - 100)),
    radial('E', warp(uEast, mainV), warp(uEast - 100, mainV)),
    radial('SE', warp(east, vSouth), warp(east, vSouth + 100)),
    radial('SW', warp(west, vSouth), warp(west, vSouth + 100)),
  ]
  radials.forEach((line, k) => {
    const next = radials[(k + 1) % radials.length]
    for (const [share, word] of [[0.34, '联络线'], [0.74, '环镇路']] as const) {
      const a = line[Math.round(line.length * share)]
      const b = next[Math.round(next.length * (share + random.between(-0.06, 0.06)))]
      const bulge = 1 + random.between(0.02, 0.1)
      const out = (p: XY): XY => between(outline.centre, p, bulge)
      const middle: [XY, XY] = [out(between(a, b, 0.33)), out(between(a, b, 0.67))]
      add(`${word}${k + 1}`, LineKind.county, bezier(a, middle[0], middle[1], b, 24))
    }
  })

  const [railStart, railEnd] = [outline.railway.northwest, outline.railway.southeast]
  const nearTown = (u: number, v: number): XY => fromLocal({ origin: frame.origin, angleRad: 0 }, u, v)
  add('高杏铁路', LineKind.railway, bezier(railStart, nearTown(-2700, -900), nearTown(-900, -2900), railEnd, 80))

  const inTown = alongU(axisV, uWest - 260, uEast + 260)
  const first = meander(outline.river.west, inTown[0], inTown[1], outline.centre, random).slice(0, -1)
  const last = meander(outline.river.east, inTown[inTown.length - 1], inTown[inTown.length - 2], outline.centre, random).reverse().slice(1)
  const axis = [...first, ...inTown, ...last].map(pointToCm)
  add('柳河', LineKind.river, axis)
  const town: Town = {
    frame,
    ring: [
      ...alongU(vSouth, uWest, uEast).slice(0, -1), ...alongV(uEast, vSouth, vNorth).slice(0, -1),
      ...alongU(vNorth, uWest, uEast).reverse().slice(0, -1), ...alongV(uWest, vSouth, vNorth).reverse().slice(0, -1),
    ],
  }
  return { lines, town, river: { axis, band: band(axis, RIVER_WIDTH_M / 2) } }
}

function spaced(start: number, count: number, low: number, high: number, random: Random): number[] {
  const out = [start]
  for (let k = 0; k < count; k++) out.push(out[k] + random.between(low, high))
  return out
}

/** Stations from low to high: every grid line in between and points about every 90 m. */
function sampled(stations: readonly number[], low: number, high: number): number[] {
  const stops = [low, ...stations.filter((s) => s > low && s < high).sort((a, b) => a - b), high]
  const out = [low]
  for (let k = 1; k < stops.length; k++) {
    const pieces = Math.max(1, Math.round((stops[k] - stops[k - 1]) / 90))
    for (let i = 1; i <= pieces; i++) out.push(i === pieces ? stops[k] : stops[k - 1] + ((stops[k] - stops[k - 1]) * i) / pieces)
  }
  return out
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

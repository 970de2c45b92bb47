import type { XY } from '@/core/units'
import type { Random } from '../random'
import { bezier, between, centroid, distanceM, insideRing, ringBounds, segmentDistanceM, segmentsMeet } from '../geometry/plane'
import type { SegmentIndex } from '../geometry/segment-index'
import { LineKind, type NamedLine } from './land-model'
import { directionIn, mainStreet, type VillageSite } from './villages'

/** Spread village sites evenly over the open land (best of many candidates, Mitchell 1991). */
export function chooseSites(outline: readonly XY[], townRing: readonly XY[], lines: SegmentIndex, households: readonly number[], random: Random): VillageSite[] {
  const [west, south, east, north] = ringBounds(outline)
  const fits = (p: XY): boolean => {
    if (!insideRing(p, outline) || insideRing(p, townRing)) return false
    let clear = true
    lines.near(p, p, 175, (kind, gapM) => {
      if (gapM < (kind === LineKind.outline ? 175 : kind === LineKind.river ? 115 : kind === LineKind.railway ? 95 : 62)) clear = false
    })
    return clear
  }
  const townGapM = (p: XY): number => townRing.reduce((best, a, i) => Math.min(best, segmentDistanceM(p, a, townRing[(i + 1) % townRing.length])), Infinity)
  const sites: XY[] = []
  while (sites.length < households.length) {
    let best: XY | null = null
    let bestGapM = -1
    for (let tries = 0, found = 0; found < 60 && tries < 20000; tries++) {
      const p: XY = [random.between(west, east), random.between(south, north)]
      if (!fits(p)) continue
      found++
      const gapM = Math.min(townGapM(p) * 1.6, ...sites.map((q) => distanceM(p, q)))
      if (gapM > bestGapM) {
        bestGapM = gapM
        best = p
      }
    }
    if (!best || bestGapM < 380) throw new Error(`no room for village ${sites.length + 1} of ${households.length}`)
    sites.push(best)
  }
  return roundTheTown(sites, townRing).map((at, k) => ({
    at,
    households: households[k],
    frame: { origin: at, angleRad: (random.between(-14, 14) * Math.PI) / 180 },
    mainAlongV: random.chance(0.5),
    reachM: Math.sqrt((households[k] * 335) / Math.PI),
  }))
}

/** Inner villages first, then the outer ones, each clockwise from the west: neighbours in the list are neighbours on the land. */
function roundTheTown(sites: readonly XY[], townRing: readonly XY[]): XY[] {
  const middle = centroid(townRing)
  const byDistance = [...sites].sort((a, b) => distanceM(a, middle) - distanceM(b, middle))
  const angle = (p: XY): number => -Math.atan2(p[1] - middle[1], p[0] - middle[0])
  const inner = Math.round(sites.length * 0.4)
  return [byDistance.slice(0, inner), byDistance.slice(inner)].flatMap((ring) => ring.sort((a, b) => angle(a) - angle(b)))
}

/**
 * Roads from the villages to the network: a tree grown from the roads, cheapest link first; a link over the river or
 * the railway costs as much as 900 m of road, one past another village's doors 500 m.
 */
export function linkVillages(sites: readonly VillageSite[], names: readonly string[], lines: readonly NamedLine[]): { sites: VillageSite[]; roads: NamedLine[] } {
  const barriers = lines.filter(({ kind }) => kind === LineKind.river || kind === LineKind.railway || kind === LineKind.outline)
  const doors = lines
    .filter(({ kind }) => kind === LineKind.arterial || kind === LineKind.main || kind === LineKind.county)
    .flatMap(({ line }) => line)
  const costM = (from: VillageSite, to: XY): number => {
    let cost = distanceM(from.at, to)
    for (const { kind, line } of barriers) {
      for (let i = 1; i < line.length; i++) {
        if (segmentsMeet(from.at, to, line[i - 1], line[i])) cost += kind === LineKind.outline ? 1e5 : 900
      }
    }
    for (const other of sites) {
      if (other === from || distanceM(other.at, to) < 1) continue
      if (segmentDistanceM(other.at, from.at, to) < other.reachM + 30) cost += 500
    }
    return cost
  }
  // To the road network by the cheapest of the nearest points, to each other by straight links.
  const toRoad = sites.map((site) => {
    const near = [...doors].sort((a, b) => distanceM(a, site.at) - distanceM(b, site.at)).slice(0, 40)
    return near.map((at) => ({ at, cost: costM(site, at) })).reduce((a, b) => (b.cost < a.cost ? b : a))
  })
  const linked: number[] = []
  const target: XY[] = []
  const left = new Set(sites.keys())
  while (left.size > 0) {
    let best = { k: -1, at: [0, 0] as XY, cost: Infinity }
    for (const k of left) {
      if (toRoad[k].cost < best.cost) best = { k, ...toRoad[k] }
      for (const other of linked) {
        if (distanceM(sites[k].at, sites[other].at) * 1.15 >= best.cost) continue
        const cost = costM(sites[k], sites[other].at) * 1.15
        if (cost < best.cost) best = { k, at: sites[other].at, cost }
      }
    }
    left.delete(best.k)
    linked.push(best.k)
    target[best.k] = best.at
  }
  const turned = sites.map((site, k): VillageSite => {
    const [u, v] = directionIn(site, target[k])
    return { ...site, mainAlongV: Math.abs(v) > Math.abs(u) }
  })
  const roads = turned.flatMap((site, k): NamedLine[] => {
    const [a, b] = mainStreet(site)
    const towards = target[k]
    const [near, far] = distanceM(a, towards) < distanceM(b, towards) ? [a, b] : [b, a]
    const host = turned.find((other) => distanceM(other.at, towards) < 1)
    const end = host ? nearerEnd(host, near) : towards
    const lengthM = distanceM(near, end)
    const heading = between(far, near, 1 + (lengthM * 0.3) / distanceM(far, near))
    const road = lengthM < 30 ? [end] : bezier(near, heading, between(end, near, 0.3), end, Math.max(4, Math.round(lengthM / 45))).slice(1)
    return [{ name: `${names[k].replace(/村$/, '')}路`, kind: LineKind.village, line: [far, near, ...road] }]
  })
  return { sites: turned, roads }
}

function nearerEnd(site: VillageSite, p: XY): XY {
  const [a, b] = mainStreet(site)
  return distanceM(a, p) < distanceM(b, p) ? a : b
}

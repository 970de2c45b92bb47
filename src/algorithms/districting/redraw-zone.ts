import type { PartBands } from '../partition/bound-moves'
import { induceGraph } from '../partition/induce-graph'
import type { UnitGraph } from '../partition/unit-graph'
import { annealCuts, measureCuts, type CutSchedule } from './anneal-cuts'

/**
 * Draw a few neighbouring parts anew and leave the others as they are: what is a small problem of its own is annealed much
 * more thoroughly than the same units within the whole.
 *
 * @param count parts to draw anew, 2 or more
 * @returns the plan with the zone redrawn, and the change in borders cut and in weight out of band; never worse than it was
 * Complexity O(units + borders), and of annealing on the units of the zone.
 */
export function redrawZone(
  graph: UnitGraph,
  bands: PartBands,
  label: Int32Array,
  count: number,
  scheduleOf: (units: number) => CutSchedule,
  random: () => number,
): { label: Int32Array; cutBy: number; breachBy: number } {
  const parts = drawNeighbouringParts(graph, label, count, random)
  const units: number[] = []
  label.forEach((part, unit) => {
    if (parts.includes(part)) units.push(unit)
  })
  const inner = induceGraph(graph, units)
  const own = { lower: Float64Array.from(parts, (part) => bands.lower[part]), upper: Float64Array.from(parts, (part) => bands.upper[part]) }
  const first = Int32Array.from(units, (unit) => parts.indexOf(label[unit]))
  const before = measureCuts(inner, own, first)
  const zone = annealCuts(inner, own, first, scheduleOf(units.length), random)
  const redrawn = label.slice()
  zone.label.forEach((part, i) => (redrawn[units[i]] = parts[part]))
  return { label: redrawn, cutBy: zone.cut - before.cut, breachBy: zone.breach - before.breach }
}

/** Parts around a border drawn by lot, each beside one of those before it. */
function drawNeighbouringParts({ start, neighbour }: UnitGraph, label: Int32Array, count: number, random: () => number): number[] {
  const parts = [label[Math.floor(random() * label.length)]]
  while (parts.length < count) {
    const beside: number[] = []
    label.forEach((part, unit) => {
      if (!parts.includes(part)) return
      for (let k = start[unit]; k < start[unit + 1]; k++) {
        const other = label[neighbour[k]]
        if (!parts.includes(other) && !beside.includes(other)) beside.push(other)
      }
    })
    if (beside.length === 0) break
    parts.push(beside[Math.floor(random() * beside.length)])
  }
  return parts
}

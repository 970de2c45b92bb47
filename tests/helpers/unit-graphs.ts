import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PartLimits } from '@/algorithms/partition/partition-state'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'

/** Graph of units from pairs of neighbours; every border costs 1 unless said. */
export function unitGraph(
  weight: readonly number[],
  edges: readonly (readonly [number, number, number?])[],
  xy?: readonly (readonly [number, number])[],
): UnitGraph {
  const rows: [number, number][][] = weight.map(() => [])
  for (const [a, b, cost = 1] of edges) {
    rows[a].push([b, cost])
    rows[b].push([a, cost])
  }
  const start = new Uint32Array(weight.length + 1)
  rows.forEach((row, unit) => {
    row.sort(([a], [b]) => a - b)
    start[unit + 1] = start[unit] + row.length
  })
  return {
    start,
    neighbour: Int32Array.from(rows.flatMap((row) => row.map(([other]) => other))),
    edgeCost: Float64Array.from(rows.flatMap((row) => row.map(([, cost]) => cost))),
    weight: Float64Array.from(weight),
    x: Float64Array.from(weight, (_, unit) => xy?.[unit]?.[0] ?? unit),
    y: Float64Array.from(weight, (_, unit) => xy?.[unit]?.[1] ?? 0),
  }
}

/** Squares of a board, neighbours by sides. */
export function boardGraph(columns: number, rows: number, weight: (unit: number) => number): UnitGraph {
  const edges: [number, number][] = []
  const xy: [number, number][] = []
  for (let unit = 0; unit < columns * rows; unit++) {
    xy.push([unit % columns, Math.floor(unit / columns)])
    if ((unit + 1) % columns !== 0) edges.push([unit, unit + 1])
    if (unit + columns < columns * rows) edges.push([unit, unit + columns])
  }
  return unitGraph(xy.map((_, unit) => weight(unit)), edges, xy)
}

export interface GridInstance {
  readonly name: string
  readonly graph: UnitGraph
  readonly compound: Int32Array
  readonly today: Int32Array
  readonly limits: PartLimits
  readonly k: number
}

/** Instance of a folder of grid instances (`NAME.units.csv`, `NAME.edges.csv`, `NAME.json`); null where it is not there. */
export function readGridInstance(folder: string, name: string): GridInstance | null {
  const path = (ending: string) => resolve(folder, `${name}.${ending}`)
  if (!existsSync(path('units.csv'))) return null
  const table = (ending: string) =>
    readFileSync(path(ending), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map(Number))
  const units = table('units.csv')
  const { k, lower, upper, target } = JSON.parse(readFileSync(path('json'), 'utf8'))
  return {
    name,
    graph: unitGraph(
      units.map((unit) => unit[3]),
      table('edges.csv').map(([a, b]) => [a, b]),
      units.map((unit) => [unit[1], unit[2]]),
    ),
    compound: Int32Array.from(units, (unit) => unit[4]),
    today: Int32Array.from(units, (unit) => unit[5]),
    limits: { lower, upper, target },
    k,
  }
}

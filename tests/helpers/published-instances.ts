import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import type { TerritoryTask } from '@/algorithms/territory/territory-task'
import { unitGraph } from './unit-graphs'

/** Names a population goes by, and a position, in graphs of census units. */
const POPULATION = ['TOTPOP', 'tot_pop_20', 'POP']
const LONGITUDE = ['C_X', 'INTPTLON20', 'INTPTLON10']
const LATITUDE = ['C_Y', 'INTPTLAT20', 'INTPTLAT10']

interface AdjacencyJson {
  nodes: (Record<string, unknown> & { id: string | number })[]
  adjacency: { id: string | number }[][]
}

/** Graph of census units as networkx writes it (adjacency JSON, with or without gzip), people as weight; every border costs 1. */
export function readAdjacencyGraph(file: string): UnitGraph {
  const bytes = readFileSync(file)
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  const { nodes, adjacency } = JSON.parse((isPacked ? gunzipSync(bytes) : bytes).toString('utf8')) as AdjacencyJson
  const order = new Map(nodes.map(({ id }, unit) => [id, unit]))
  const number = (unit: number, names: readonly string[]) => {
    const name = names.find((key) => key in nodes[unit])
    return name === undefined ? NaN : Number(nodes[unit][name])
  }
  const weight = nodes.map((_, unit) => number(unit, POPULATION))
  if (weight.some(Number.isNaN)) throw new Error(`${file}: a population expected (${POPULATION.join(', ')}), got none`)
  const edges = adjacency.flatMap((row, unit) =>
    row.flatMap(({ id }) => {
      const other = order.get(id)
      if (other === undefined) throw new Error(`${file}: neighbour ${id} of node ${unit} is not a node`)
      return other > unit ? [[unit, other] as const] : []
    }),
  )
  return unitGraph(weight, edges, nodes.map((_, unit) => [number(unit, LONGITUDE), number(unit, LATITUDE)]))
}

/** Units in each of whose amounts territories are to be within 5 %. */
const TOLERANCE = 0.05

/**
 * Instance of commercial territory design: n, lines `id x y act1 act2 act3 0`, m, m edges, and a line that begins with the
 * number of territories; what follows is not needed.
 */
export function readTerritoryInstance(file: string): TerritoryTask {
  const numbers = readFileSync(file, 'utf8').split(/\s+/).filter(Boolean).map(Number)
  let at = 0
  const take = (count: number) => numbers.slice(at, (at += count))
  const rows = (count: number, width: number) => Array.from({ length: count }, () => take(width))
  const units = rows(take(1)[0], 7)
  const edges = rows(take(1)[0], 2)
  const [territories] = take(1)
  if (at > numbers.length || !(territories > 0)) throw new Error(`${file}: units, edges and a number of territories expected, got ${numbers.length} numbers`)
  const order = new Map(units.map(([id], unit) => [id, unit]))
  return {
    graph: unitGraph(units.map(() => 1), edges.map(([a, b]) => [order.get(a)!, order.get(b)!] as const), units.map(([, x, y]) => [x, y])),
    activities: [3, 4, 5].map((column) => Float64Array.from(units, (unit) => unit[column])),
    territories,
    tolerance: TOLERANCE,
  }
}

/**
 * Rows of a table by the names of its columns; null where the file or one of the `needed` columns is not there. An `other`
 * column that is not there is empty.
 */
export function readTable<Needed extends string, Other extends string = never>(
  file: string,
  needed: readonly Needed[],
  other: readonly Other[] = [],
): Record<Needed | Other, string>[] | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const [head, ...lines] = text.trim().split(/\r?\n/)
  const names = head.split(',')
  if (!needed.every((column) => names.includes(column))) return null
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries([...needed, ...other].map((column) => [column, cells[names.indexOf(column)] ?? ''])) as Record<Needed | Other, string>
  })
}

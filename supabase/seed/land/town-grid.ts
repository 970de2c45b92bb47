import type { XY } from '@/core/units'
import type { Random } from '../random'
import { fromLocal, pointToCm, type LocalFrame } from '../geometry/plane'
import { LineKind, type NamedLine } from './land-model'
import type { Side } from './outline'

/** Main streets of the town, its quarters, and where the roads to the neighbours leave. */
export interface TownGrid {
  readonly lines: readonly NamedLine[]
  readonly quarters: readonly (readonly XY[])[]
  /** River between the bank roads, from west of the town to east of it. */
  readonly axis: readonly XY[]
  readonly exits: Readonly<Record<Side, { readonly end: XY; readonly before: XY }>>
}

const NS_NAMES = ['西环路', '桃园街', '府前街', '凤凰街', '学院街', '东环路', '迎宾路', '纬一路']
const EW_NAMES = ['新华路', '文昌路', '建设路', '北环路', '北外环路']

/** Rows of the grid from the south: outer south, south of the river, the river, then the north. */
const RIVER_ROW = 2

/**
 * A grid of unequal streets, bent and a little turned, with a ragged rim: some corners were never built, and along
 * the arterials the town has grown beyond the ring.
 */
export function layTownGrid(frame: LocalFrame, urbanCommunities: number, random: Random): TownGrid {
  const large = urbanCommunities >= 11
  const us = spaced(-random.between(1110, 1160), large ? 7 : 6, 295, 375, random)
  const north = spaced(-random.between(210, 240), large ? 4 : 3, 300, 365, random)
  const axisV = north[0] - 54
  const south = axisV - 54 - random.between(270, 310)
  const vs = [south - random.between(250, 300), south, axisV - 54, axisV + 54, ...north.slice(1)]
  const phase = random.between(0, Math.PI * 2)
  const warp = (u: number, v: number): XY =>
    pointToCm(fromLocal(frame, u + 34 * Math.sin(v / 340 + phase) + (u * v) / 26000, v + 38 * Math.sin(u / 400 + phase * 1.7) - (u * u) / 60000))
  const columns = us.length - 1
  const rows = vs.length - 1
  const [west, east] = [large ? 3 : 2, columns - 2]
  const main = RIVER_ROW + 2
  const built = builtCells(columns, rows, [west, east], main, random)
  const has = (i: number, j: number): boolean => built[i]?.[j] ?? false

  const lines: NamedLine[] = []
  const piece = (a: number, b: number, at: (s: number) => XY): XY[] => {
    const count = Math.max(1, Math.round((b - a) / 85))
    return Array.from({ length: count + 1 }, (_, k) => at(k === count ? b : a + ((b - a) * k) / count))
  }
  const addRuns = (name: string, kind: LineKind, runs: readonly (XY[] | null)[]): void => {
    let line: XY[] = []
    for (const run of [...runs, null]) {
      if (run) line = line.length > 0 ? [...line, ...run.slice(1)] : run
      else if (line.length > 0) {
        lines.push({ name, kind, line })
        line = []
      }
    }
  }
  const eastWest = (j: number): (XY[] | null)[] =>
    Array.from({ length: columns }, (_, i) => (has(i, j - 1) || has(i, j) ? piece(us[i], us[i + 1], (u) => warp(u, vs[j])) : null))
  // Where a street meets the river it needs a point on the axis, so that both cross in a node.
  const northSouth = (i: number, bridged: boolean): (XY[] | null)[] =>
    Array.from({ length: rows }, (_, j) => {
      const beside = (row: number): boolean => has(i - 1, row) || has(i, row)
      if (j !== RIVER_ROW) return beside(j) ? piece(vs[j], vs[j + 1], (v) => warp(us[i], v)) : null
      if (!bridged || !beside(j - 1) || !beside(j + 1)) return null
      return [vs[j], axisV, vs[j + 1]].map((v) => warp(us[i], v))
    })
  vs.forEach((_, j) => {
    const bank = j === RIVER_ROW || j === RIVER_ROW + 1
    const name = bank ? (j === RIVER_ROW ? '滨河南路' : '滨河北路') : j < RIVER_ROW ? ['南外环路', '南环路'][j] : EW_NAMES[j - main + 1]
    addRuns(name, j === main ? LineKind.arterial : LineKind.main, eastWest(j))
  })
  us.forEach((_, i) => {
    const arterial = i === west || i === east
    // A town has fewer bridges than streets.
    addRuns(NS_NAMES[i], arterial ? LineKind.arterial : LineKind.main, northSouth(i, arterial || i === east - 1))
  })

  const quarters: XY[][] = []
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < rows; j++) {
      if (!has(i, j)) continue
      quarters.push([
        ...piece(us[i], us[i + 1], (u) => warp(u, vs[j])).slice(0, -1),
        ...piece(vs[j], vs[j + 1], (v) => warp(us[i + 1], v)).slice(0, -1),
        ...piece(us[i], us[i + 1], (u) => warp(u, vs[j + 1])).reverse().slice(0, -1),
        ...piece(vs[j], vs[j + 1], (v) => warp(us[i], v)).reverse().slice(0, -1),
      ])
    }
  }
  const axis = [...piece(us[0] - 60, us[0], (u) => warp(u, axisV)), ...us.slice(1).flatMap((u, k) => piece(us[k], u, (s) => warp(s, axisV)).slice(1)), warp(us[columns] + 60, axisV)]
  const exit = (runs: readonly (XY[] | null)[], last: boolean): { end: XY; before: XY } => {
    const line = runs.flatMap((run) => run ?? [])
    return last ? { end: line[line.length - 1], before: line[line.length - 2] } : { end: line[0], before: line[1] }
  }
  const [avenue, first, second] = [eastWest(main), northSouth(west, true), northSouth(east, true)]
  return {
    lines,
    quarters,
    axis,
    exits: {
      W: exit(avenue, false), E: exit(avenue, true), NW: exit(first, true), NE: exit(second, true), SW: exit(first, false), SE: exit(second, false),
    },
  }
}

/** Which quarters are town: the inner ones, less two corners, plus some outer ones along the arterials. */
function builtCells(columns: number, rows: number, arterials: readonly number[], main: number, random: Random): boolean[][] {
  const built = Array.from({ length: columns }, (_, i) =>
    Array.from({ length: rows }, (__, j) => i > 0 && i < columns - 1 && j > 0 && j < rows - 1),
  )
  const corners: [number, number][] = [[1, 1], [columns - 2, 1], [1, rows - 2], [columns - 2, rows - 2]]
  for (const [i, j] of random.shuffled(corners).slice(0, 2)) built[i][j] = false
  const outer: [number, number][] = [[0, main - 1], [0, main], [columns - 1, main - 1], [columns - 1, main], ...arterials.map((i): [number, number] => [i - (random.chance(0.5) ? 1 : 0), rows - 1]), [arterials[0], 0]]
  const inward = ([i, j]: [number, number]): boolean =>
    built[i === 0 ? 1 : i === columns - 1 ? columns - 2 : i][j === 0 ? 1 : j === rows - 1 ? rows - 2 : j]
  for (const [i, j] of random.shuffled(outer.filter(inward)).slice(0, 3)) built[i][j] = true
  // The river belongs to the town where there is town on both banks.
  for (let i = 0; i < columns; i++) built[i][RIVER_ROW] = built[i][RIVER_ROW - 1] && built[i][RIVER_ROW + 1]
  return built
}

function spaced(start: number, count: number, low: number, high: number, random: Random): number[] {
  const out = [start]
  for (let k = 0; k < count; k++) out.push(out[k] + random.between(low, high))
  return out
}

import Flatbush from 'flatbush'
import type { CellAdjacency, Land } from '@/core/land'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { checkLand } from '@/algorithms/topology/check-land'
import { cutLand } from '@/algorithms/topology/cut-land'
import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { narrowestNecks } from '@/algorithms/topology/find-necks'
import type { LandCut, LandInput } from '@/algorithms/topology/land-input'
import { locatePoints } from '@/algorithms/topology/locate-points'
import { recutLand } from '@/algorithms/topology/recut-land'
import { pointInRings } from '@/algorithms/topology/ring-geometry'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { enclosedCells, freeBorderTurning, pointsPerCell, streetShare } from './land-figures-harness'
import { buildingsCut } from './land-cut-harness'
import { monacoInput, tsinghuaInput } from './land-instances'
import { dissolveByMapshaper } from './land-peer'
import { benchRow } from './row'
import type { BenchContext, Row } from './row'

const FLIPS = 2000
const POINTS = 250_000

/** Suite `land`: real land cut into cells, measured by methods of their own, and the queries every edit asks. */
export default async function bench(context: BenchContext): Promise<Row[]> {
  const folder = context.instancesDir ?? '../shared/data'
  const rows: Row[] = []
  for (const [name, read] of [['monaco', monacoInput], ['tsinghua', tsinghuaInput]] as const) {
    const input = read(folder)
    if (!input) context.say(`${name}: no instance in ${folder}/osm`)
    else rows.push(...(await measure(name, input, context)))
  }
  return rows
}

async function measure(name: string, input: LandInput, context: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  const size = input.buildings.length
  const add = (what: string, known: Partial<Row>) => rows.push(benchRow({ suite: 'land', instance: `${name}: ${what}`, size, ...known }))
  const begun = performance.now()
  const cut = cutLand(input)
  const cutMs = performance.now() - begun
  const peakMb = process.resourceUsage().maxRSS / 1000
  context.say(`${name}: ${cut.report.passes.map((p) => `${p.name} ${Math.round(p.ms)}`).join(', ')} ms`)
  const { land } = cut
  add('cut, cells', { value: land.cellCommunity.length, ms: cutMs })
  add('peak memory, MB', { value: Math.round(peakMb), bound: 600 })

  const stray = buildingsCut(input, cut)
  add('buildings cut > 0.5 m2', { value: stray.cut, bound: 0 })
  add('worst loss of a building, m2', { value: round(stray.worstM2, 3), bound: 0.5 })
  const check = checkLand(land)
  add('coverage error, m2', { value: (check.cellsArea2 - check.landArea2) / 80_000, bound: 0 })
  add('problems of topology', { value: check.problems.length, bound: 0 })
  const street = streetShare(land, input)
  add('near-street border on the centre line, %', { value: round(street.share * 100, 2), bound: 97 })
  const turning = freeBorderTurning(land)
  add('turning of free border, deg per 100 m', { value: round(turning.degPer100M, 1), bestKnown: 149 })
  add('sharp corners of free border, per km', { value: round(turning.sharpPerKm, 1), bestKnown: 6 })
  add('border points per cell', { value: round(pointsPerCell(land), 1), bestKnown: 35 })
  add('enclosed cells', { value: enclosedCells(land) })
  const necks = [...narrowestNecks(land)].sort((a, b) => a - b)
  add('cells with a neck below 2 m', { value: necks.filter((w) => w < 2).length })
  add('narrowest neck, m', { value: Number.isFinite(necks[0]) ? round(necks[0], 2) : null })
  const { cellHouseholds } = cut
  add('cells of 20-60 households, %', { value: round((cellHouseholds.filter((h) => h >= 20 && h <= 60).length / cellHouseholds.length) * 100, 1) })
  add('cells above 60 households', { value: cellHouseholds.filter((h) => h > 60).length })
  add('of these of several buildings that could be divided', { value: divisible(input, cut) })

  measureRecut(input, cut, add)
  await measureQueries(land, add)
  return rows
}

type Add = (what: string, known: Partial<Row>) => void

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits

/** Cells above 60 households in which no single building holds more than 60. */
function divisible(input: LandInput, cut: LandCut): number {
  const largest = new Int32Array(cut.cellHouseholds.length)
  input.buildings.forEach((b, i) => {
    const c = cut.buildingCell[i]
    if (c >= 0) largest[c] = Math.max(largest[c], b.households)
  })
  return cut.cellHouseholds.filter((h, c) => h > 60 && largest[c] <= 60).length
}

function measureRecut(input: LandInput, cut: LandCut, add: Add): void {
  const former = { land: cut.land, formerIds: input.buildings.map((b) => b.id), formerCell: cut.buildingCell }
  const random = seededRandom(20261121)
  const placed = [...cut.buildingCell.keys()].filter((i) => cut.buildingCell[i] >= 0)
  const gone = new Set(Array.from({ length: 5 }, () => placed[Math.floor(random() * placed.length)]))
  let begun = performance.now()
  const less = recutLand({
    ...former, input: { ...input, buildings: input.buildings.filter((_, i) => !gone.has(i)) }, changedBuildings: [], changedBoxes: [],
  })
  add('five buildings removed, cells changed', { value: less.changedCells.length, bestKnown: 7, ms: performance.now() - begun })
  // A new house across a border: the middle of a long free or street arc.
  const { land } = cut
  const arc = [...land.arcLeft.keys()].find((k) => land.arcLeft[k] >= 0 && land.arcRight[k] >= 0 && land.arcStart[k + 1] - land.arcStart[k] > 4)
  if (arc === undefined) return
  const p = land.arcStart[arc] + 2
  const even = (v: number) => 2 * Math.round(v / 2)
  const x = even(land.arcXY[2 * p])
  const y = even(land.arcXY[2 * p + 1])
  const house = { id: 'new', rings: [Int32Array.of(x - 900, y - 700, x + 900, y - 700, x + 900, y + 700, x - 900, y + 700)], households: 6 }
  begun = performance.now()
  const more = recutLand({
    ...former, input: { ...input, buildings: [...input.buildings, house] }, changedBuildings: ['new'], changedBoxes: [],
  })
  add('a house built across a border, cells changed', { value: more.changedCells.length, ms: performance.now() - begun })
}

/** Contiguous grids of about 20 cells, breadth first. */
function someGrids(land: Land, adjacency: CellAdjacency): { cellGrid: Int32Array; cellsOf: number[][] } {
  const cellGrid = new Int32Array(land.cellCommunity.length).fill(-1)
  const cellsOf: number[][] = []
  for (let first = 0; first < cellGrid.length; first++) {
    if (cellGrid[first] >= 0) continue
    const cells = [first]
    cellGrid[first] = cellsOf.length
    for (let i = 0; i < cells.length && cells.length < 20; i++) {
      for (let k = adjacency.start[cells[i]]; k < adjacency.start[cells[i] + 1] && cells.length < 20; k++) {
        const n = adjacency.neighbour[k]
        if (cellGrid[n] >= 0) continue
        cellGrid[n] = cellsOf.length
        cells.push(n)
      }
    }
    cellsOf.push(cells)
  }
  return { cellGrid, cellsOf }
}

async function measureQueries(land: Land, add: Add): Promise<void> {
  let begun = performance.now()
  const adjacency = buildCellAdjacency(land)
  add('adjacency with lengths, pairs', { value: adjacency.neighbour.length / 2, ms: performance.now() - begun })

  const { cellGrid, cellsOf } = someGrids(land, adjacency)
  begun = performance.now()
  let area2 = 0
  cellsOf.forEach((cells, g) => (area2 += deriveGridOutline(land, cellGrid, g, cells).area2))
  const allMs = performance.now() - begun
  const peer = await dissolveByMapshaper(land, cellGrid)
  add('all grids derived, km2', {
    value: round(area2 / 40_000 / 1e6, 6), ms: allMs, peer: 'mapshaper dissolve', peerValue: peer.km2, peerMs: peer.ms, ratio: allMs / peer.ms,
  })

  const random = seededRandom(7)
  const times: number[] = []
  for (let i = 0; i < FLIPS; i++) {
    const cell = Math.floor(random() * cellGrid.length)
    const from = cellGrid[cell]
    let to = -1
    for (let k = adjacency.start[cell]; k < adjacency.start[cell + 1]; k++) if (cellGrid[adjacency.neighbour[k]] !== from) to = cellGrid[adjacency.neighbour[k]]
    if (to < 0) continue
    const started = performance.now()
    cellGrid[cell] = to
    cellsOf[from].splice(cellsOf[from].indexOf(cell), 1)
    cellsOf[to].push(cell)
    deriveGridOutline(land, cellGrid, from, cellsOf[from])
    deriveGridOutline(land, cellGrid, to, cellsOf[to])
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  add('flip of a cell with both grids, ms median (ms: p95)', {
    value: round(times[times.length >> 1], 4), bound: 0.1, ms: times[Math.floor(times.length * 0.95)],
  })
  measureLocation(land, add)
}

function measureLocation(land: Land, add: Add): void {
  const random = seededRandom(9)
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
  for (let i = 0; i < land.nodeXY.length; i += 2) {
    x0 = Math.min(x0, land.nodeXY[i])
    x1 = Math.max(x1, land.nodeXY[i])
    y0 = Math.min(y0, land.nodeXY[i + 1])
    y1 = Math.max(y1, land.nodeXY[i + 1])
  }
  const xy = new Float64Array(POINTS * 2)
  for (let i = 0; i < POINTS; i++) {
    xy[2 * i] = x0 + random() * (x1 - x0)
    xy[2 * i + 1] = y0 + random() * (y1 - y0)
  }
  // A fresh object has no index yet: building it is part of the time.
  const fresh = { ...land }
  let begun = performance.now()
  const cells = locatePoints(fresh, xy)
  const ms = performance.now() - begun

  begun = performance.now()
  const own = Int32Array.from(land.cellCommunity.keys())
  const rings = [...own].map((c) => deriveGridOutline(land, own, c, [c]).polygons.flat())
  const index = new Flatbush(rings.length)
  for (const polygon of rings) {
    let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity
    for (const ring of polygon) {
      for (let i = 0; i < ring.length; i += 2) {
        west = Math.min(west, ring[i])
        east = Math.max(east, ring[i])
        south = Math.min(south, ring[i + 1])
        north = Math.max(north, ring[i + 1])
      }
    }
    index.add(west, south, east, north)
  }
  index.finish()
  let same = 0
  for (let i = 0; i < POINTS; i++) {
    const x = xy[2 * i]
    const y = xy[2 * i + 1]
    const hit = index.search(x, y, x, y, (c) => pointInRings(rings[c], x, y))
    if ((hit[0] ?? -1) === cells[i]) same++
  }
  const peerMs = performance.now() - begun
  add('250,000 points located, index included', {
    value: POINTS, bound: 150, ms, peer: 'flatbush + polygon test', peerValue: same, peerMs, ratio: ms / peerMs,
  })
}

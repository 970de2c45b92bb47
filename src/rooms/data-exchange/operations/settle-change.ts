import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import type { BuildingReview } from '@/algorithms/topology/land-input'
import { locatePoints } from '@/algorithms/topology/locate-points'
import type { LandRecut } from '@/algorithms/topology/recut-land'
import type { Land } from '@/core/land'
import { toLattice, toLngLat } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import { boundsOf } from '../geometry/lng-lat-bounds'
import { pointInside } from '../geometry/point-inside'
import { CellChange } from '../land-change'
import type { ChangedBuilding, ChangeFigures, LandChange, LandDiff, MergedLand, Placement } from '../land-change'
import type { Pair } from '../model'
import type { FindingList } from '../readers/finding-list'
import { PULLED_DOWN } from '../standing-land'
import type { StandingLand } from '../standing-land'
import { isCut } from './change-input'
import { areaHolds } from './check-together'
import { diffLand } from './diff-land'
import { houseName } from './house-name'
import { listChanges } from './list-changes'
import { nearestHouses } from './nearest-houses'
import { settlePoints } from './settle-points'

/** From a recut to all that will be sent and shown: where each house stands, what of the land is new, who is left without a house. */
export function settleChange(before: Land, standing: StandingLand, merged: MergedLand, recut: LandRecut, findings: FindingList): LandChange {
  const { land, diff } = diffLand(before, recut.land, recut.changedCells)
  const compoundCommunity = communityOfCompounds(land, standing, merged)
  const compoundAt = compoundFinder(standing, merged, compoundCommunity)
  const cells = cellsOfBuildings(standing, merged, recut)
  const atOf = ({ standing: index, clean, aspects }: ChangedBuilding): LngLat =>
    clean !== null && (index < 0 || aspects.includes('outline')) ? clean.at : [standing.buildings[index].lng, standing.buildings[index].lat]
  const points = settlePoints(land, merged.buildings.map((building, k) => ({ at: atOf(building), polygons: building.polygons, cell: cells.cell[k] })))
  const place = (cell: number, at: LngLat, needsReview: string | null): Placement =>
    ({ cell, at, needsReview, compound: cell < 0 ? -1 : compoundAt(at, land.cellCommunity[cell]) })
  const placements = merged.buildings.map((building, k) => place(cells.cell[k], points[k], reviewOf(building, standing, cells.review[k], cells.cell[k])))
  const gonePoints = merged.goneBuildings.map((index): LngLat => [standing.buildings[index].lng, standing.buildings[index].lat])
  const goneCells = locatePoints(land, gonePoints.flatMap((at) => toLattice(land.frame, ...at)))
  const leftOut = noteLeftOut(merged, cells.cell, findings)

  const change = { merged, land, diff, placements }
  return {
    ...change,
    cellReview: recut.cellReview,
    compoundCommunity,
    gonePlacements: gonePoints.map((at, k) => place(goneCells[k], at, PULLED_DOWN)),
    inhabited: merged.goneBuildings.flatMap((index, k) => {
      const { households, members } = standing.buildings[index]
      if (households + members === 0) return []
      return [{ standing: k, name: houseName(standing.buildings[index]), households, members, at: gonePoints[k], candidates: nearestHouses(gonePoints[k], land.frame, standing, merged, placements) }]
    }),
    list: listChanges(standing, merged, placements),
    figures: figuresOf(standing, merged, diff, placements, leftOut),
    goneShapes: shapesOfCells(before, new Set(diff.goneCells)),
  }
}

/** Cell and review of each merged house; one the cutter was not told of keeps its place, which is none. */
function cellsOfBuildings(standing: StandingLand, merged: MergedLand, recut: LandRecut) {
  const cell = new Int32Array(merged.buildings.length).fill(-1)
  const review: (BuildingReview | null)[] = merged.buildings.map(() => null)
  let at = 0
  merged.buildings.forEach((building, k) => {
    if (!isCut(building, standing)) return
    cell[k] = recut.buildingCell[at]
    review[k] = recut.buildingReview[at++]
  })
  return { cell, review }
}

/** Reasons to look at a house: those of the cutter where it was told of a new outline, else what stood there before. */
function reviewOf({ standing: index, clean, state, aspects }: ChangedBuilding, { buildings }: StandingLand, found: BuildingReview | null, cell: number): string | null {
  const told = found === 'small' || found === 'underground' ? null : found
  if (index >= 0 && !aspects.includes('outline')) {
    const before = buildings[index].needsReview
    return cell < 0 ? (before ?? 'outside') : state === 'changed' && before === PULLED_DOWN ? null : before
  }
  return clean?.review ?? told ?? (cell < 0 ? 'outside' : null)
}

/** New houses in no cell are not stored, each by row. Those that stand already stay, without a cell. */
function noteLeftOut({ buildings }: MergedLand, cell: Int32Array, findings: FindingList): number {
  let leftOut = 0
  buildings.forEach(({ standing, clean, households }, k) => {
    if (standing >= 0 || clean === null || cell[k] >= 0) return
    leftOut++
    const id = clean.name === '' ? clean.sourceId : `${clean.name} (${clean.sourceId})`
    findings.add('building_outside', 'error', clean.row, { id, households }, 'geometry', clean.at, clean.file)
  })
  return leftOut
}

function communityOfCompounds(land: Land, standing: StandingLand, merged: MergedLand): number[] {
  const index = new Map(standing.communities.map(({ id }, k) => [id, k]))
  const cells = locatePoints(land, merged.compounds.flatMap((shape) => {
    const ring = shape.clean?.polygons[0][0] ?? standing.compounds[shape.standing].ring
    return toLattice(land.frame, ...pointInside(ring))
  }))
  return merged.compounds.map((shape, k) =>
    cells[k] >= 0 ? land.cellCommunity[cells[k]] : shape.standing >= 0 ? (index.get(standing.compounds[shape.standing].community) ?? -1) : -1)
}

function compoundFinder(standing: StandingLand, merged: MergedLand, community: readonly number[]): (at: LngLat, community: number) => number {
  const rings = merged.compounds.map((shape): Pair[] => shape.clean?.polygons[0][0] ?? standing.compounds[shape.standing].ring)
  const bounds = rings.map((ring) => boundsOf(ring)!)
  return ([lng, lat], of) =>
    rings.findIndex((ring, k) =>
      community[k] === of && lng >= bounds[k][0] && lng <= bounds[k][2] && lat >= bounds[k][1] && lat <= bounds[k][3] && areaHolds([[ring]], [lng, lat]))
}

function figuresOf(standing: StandingLand, merged: MergedLand, diff: LandDiff, placements: readonly Placement[], leftOut: number): ChangeFigures {
  const count = (shapes: readonly { state: string }[], gone: readonly number[]) => ({
    added: shapes.filter(({ state }) => state === 'added').length,
    changed: shapes.filter(({ state }) => state === 'changed').length,
    removed: gone.length,
  })
  const cells = (change: CellChange) => diff.cellChange.reduce((sum, value) => sum + Number(value === change), 0)
  const buildings = count(merged.buildings, merged.goneBuildings)
  return {
    buildings: { ...buildings, added: buildings.added - leftOut, same: merged.buildings.filter(({ state }) => state === 'same').length },
    streets: count(merged.streets, merged.goneStreets),
    compounds: count(merged.compounds, merged.goneCompounds),
    features: count(merged.features, merged.goneFeatures),
    cells: { kept: cells(CellChange.kept), recut: cells(CellChange.recut), new: cells(CellChange.new), gone: diff.goneCells.length },
    newHouseholds: merged.buildings.reduce((sum, { newHouseholds }, k) => sum + (placements[k].cell >= 0 ? newHouseholds : 0), 0),
    householdsOfRemoved: merged.goneBuildings.reduce((sum, index) => sum + standing.buildings[index].households, 0),
    leftOut,
  }
}

function shapesOfCells(land: Land, ids: ReadonlySet<number>): Pair[][][][] {
  const own = Int32Array.from(land.cellIds.keys())
  return [...own].filter((cell) => ids.has(land.cellIds[cell])).map((cell) =>
    deriveGridOutline(land, own, cell, [cell]).polygons.map((rings) => rings.map((ring) => {
      const out: Pair[] = []
      for (let k = 0; k < ring.length; k += 2) out.push(toLngLat(land.frame, ring[k], ring[k + 1]))
      return out
    })))
}

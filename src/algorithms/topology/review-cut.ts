import type { Land } from '@/core/land'
import { buildCellAdjacency } from './build-cell-adjacency'
import type { Blocks } from './blocks'
import type { Structures } from './classify'
import { narrowestNecks } from './find-necks'
import { BUILDING_REVIEWS } from './land-input'
import type { BuildingReview, CellReview, LandInput } from './land-input'
import type { LoadedLand } from './load-land'

/** Above this share in other blocks a building is shown to a person. */
const STRAY_SHARE = 0.2
/** A neck narrower than this is shown: a lane for one car is 3 m wide; on a plan of 1:2,000 it is one and a half millimetres … */
const NARROW_M = 3
/** … if what lies on either side of it is larger than a small house, m². */
const NARROW_PART_M2 = 100

/** List what needs a person's eye, with the gravest reason of each building and cell; nothing is dropped in silence. */
export function reviewCut(
  input: LandInput, loaded: LoadedLand, land: Land, buildingCell: Int32Array, structures: Structures, blocks: Blocks,
): { buildingReview: (BuildingReview | null)[]; cellReview: (CellReview | null)[]; cellHouseholds: Int32Array } {
  const buildingReview = loaded.review
  const raise = (i: number, code: BuildingReview) => {
    const known = buildingReview[i]
    if (!known || BUILDING_REVIEWS.indexOf(code) < BUILDING_REVIEWS.indexOf(known)) buildingReview[i] = code
  }
  loaded.buildings.forEach((b, i) => {
    const s = structures.ofBuilding[i]
    if (blocks.home[s] < 0) raise(b.inputIndex, 'outside')
    else if (blocks.strayShare[s] > STRAY_SHARE) raise(b.inputIndex, 'straddles')
    if (b.households > loaded.options.maxHouseholds) raise(b.inputIndex, 'oversized')
    if (structures.overlapping[i]) raise(b.inputIndex, 'overlaps')
  })
  for (const b of loaded.loose) if (buildingCell[b.inputIndex] < 0) raise(b.inputIndex, 'outside')
  const cellHouseholds = new Int32Array(land.cellCommunity.length)
  input.buildings.forEach((b, i) => {
    if (buildingCell[i] >= 0) cellHouseholds[buildingCell[i]] += b.households
  })
  const cellReview = reviewCells(land, cellHouseholds, loaded.options.maxHouseholds)
  for (let b = 0; b < loaded.buildings.length; b++) {
    const s = structures.ofBuilding[b]
    const cell = buildingCell[loaded.buildings[b].inputIndex]
    if (cell >= 0 && blocks.guessed[blocks.blockOfSub[blocks.home[s]]]) cellReview[cell] ??= 'community_guessed'
  }
  return { buildingReview, cellReview, cellHouseholds }
}

/** Reviews that need the finished land only. */
export function reviewCells(land: Land, cellHouseholds: Int32Array, maxHouseholds: number): (CellReview | null)[] {
  const touchesOutside = new Uint8Array(land.cellCommunity.length)
  for (let k = 0; k < land.arcLeft.length; k++) {
    if (land.arcLeft[k] < 0) touchesOutside[land.arcRight[k]] = 1
    if (land.arcRight[k] < 0) touchesOutside[land.arcLeft[k]] = 1
  }
  const adjacency = buildCellAdjacency(land)
  const neckM = narrowestNecks(land, NARROW_M, NARROW_PART_M2)
  return Array.from(cellHouseholds, (households, c) => {
    if (households > maxHouseholds) return 'oversized'
    if (adjacency.start[c + 1] - adjacency.start[c] === 1 && !touchesOutside[c]) return 'enclosed'
    if (neckM[c] < NARROW_M) return 'narrow'
    return households === 0 ? 'empty' : null
  })
}

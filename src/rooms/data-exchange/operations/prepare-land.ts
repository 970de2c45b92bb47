import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import type { LandCut } from '@/algorithms/topology/land-input'
import type { Land } from '@/core/land'
import { boundsOf } from '../geometry/lng-lat-bounds'
import type { ImportOptions, Pair } from '../model'
import type { ImportFigures, PreparedCommunity, PreparedLand } from '../prepared-import'
import type { FindingList } from '../readers/finding-list'
import { cellGraph } from './cell-graph'
import { areaHolds } from './check-together'
import type { CleanLand } from './clean-land'
import { formCommunities } from './form-communities'
import { formGrids } from './form-grids'
import { initialsOf } from './initials-of'
import type { LandArea } from './land-boundary'
import { noteCells, placeThings } from './place-things'
import { totalResidents } from './residents-of'
import { inventCommunities, settleCommunities } from './settle-communities'

/** One seed for all divisions: the same files give the same communities and grids. */
const SEED = 20261121
/** Streets and water this far outside the land are kept, so that its edge is not bare. */
const MARGIN_M = 150

/** From cut cells to all that will be written. */
export function prepareLand(
  land: CleanLand,
  area: LandArea,
  cut: LandCut,
  options: ImportOptions,
  findings: FindingList,
  progress: (done: number) => void,
): { prepared: PreparedLand; figures: ImportFigures; communitiesGenerated: number } {
  const graph = cellGraph(cut.land, buildCellAdjacency(cut.land), cut.cellHouseholds, land.streets)
  const compound = compoundOfCell(land, cut)
  const told = land.communities.length > 0
  const formed = told ? null : formCommunities(graph, cut.land, compound, SEED)
  progress(0.4)
  const communities: PreparedCommunity[] =
    formed === null
      ? settleCommunities(land, options.street.code, options.communityKind, options.words, findings)
      : inventCommunities(formed.count, options.street.code, options.communityKind, options.words)
  if (formed !== null) findings.add('communities_generated', 'warning', null, { count: formed.count })
  const cellCommunity = formed?.community ?? cut.land.cellCommunity
  const used = new Set(cellCommunity)
  communities.forEach((community, index) => {
    const source = told ? land.communities[index] : null
    if (!used.has(index)) findings.add('community_missed', 'error', source?.row ?? null, { name: community.name }, null, undefined, source?.file)
  })

  const { grids, cellGrid, households } = formGrids(
    graph, cut.land, cellCommunity, communities, options.limits, compound, SEED,
  )
  progress(0.8)
  const { buildings, compounds, leftOut } = placeThings(land, cut, area.frame, cellCommunity, options.words.compound, findings)
  noteCells(cut, communities, cellCommunity, findings)
  const { lower, upper } = options.limits
  const outside = households.filter((count) => count > upper || count < lower).length
  if (outside > 0) findings.add('grids_outside_band', 'warning', null, { count: outside, lower, upper })
  progress(1)

  const near = nearTo(area)
  const settled: Land = { ...cut.land, cellCommunity: Int32Array.from(cellCommunity) }
  const prepared: PreparedLand = {
    land: settled,
    communities,
    grids,
    cellGrid,
    cellReview: cut.cellReview,
    buildings,
    compounds,
    streets: land.streets.filter((street) => near(street.line)).map((street) => ({ ...street, initials: initialsOf(street.name) })),
    water: land.water.filter((item) => near(item.kind === 'area' ? item.polygons[0][0] : item.line)),
    greens: land.greens.filter((item) => near(item.polygons[0][0])),
    railways: land.railways.filter((item) => near(item.line)),
  }
  const stored = buildings.reduce((sum, building) => sum + building.households, 0)
  const figures: ImportFigures = {
    communities: communities.length,
    cells: cut.land.cellAreaM2.length,
    grids: grids.length,
    buildings: buildings.length,
    households: stored,
    residents: buildings.reduce((sum, building) => sum + totalResidents(building.households, options.households), 0),
    streets: prepared.streets.length,
    compounds: compounds.length,
    areaM2: cut.land.cellAreaM2.reduce((sum, value) => sum + value, 0),
    leftOut,
    toReview:
      buildings.filter((building) => building.needsReview !== null).length +
      cut.cellReview.filter((review) => review !== null && review !== 'empty').length,
    gridsInBand: grids.length - outside,
  }
  return { prepared, figures, communitiesGenerated: formed?.count ?? 0 }
}

/** Compound by cell, −1 for none: that of the first of its buildings that lies in one. Cells never cross a compound's wall. */
function compoundOfCell(land: CleanLand, cut: LandCut): Int32Array {
  const compound = new Int32Array(cut.land.cellAreaM2.length).fill(-1)
  const bounds = land.compounds.map((item) => boundsOf(item.polygons[0][0])!)
  land.buildings.forEach((building, index) => {
    const cell = cut.buildingCell[index]
    if (cell < 0 || compound[cell] >= 0) return
    const [lng, lat] = building.at
    compound[cell] = bounds.findIndex(
      ([west, south, east, north], k) =>
        lng >= west && lng <= east && lat >= south && lat <= north && areaHolds(land.compounds[k].polygons, [lng, lat]),
    )
  })
  return compound
}

function nearTo(area: LandArea): (line: readonly Pair[]) => boolean {
  const bounds = boundsOf(area.polygons.flatMap(([shell]) => shell))!
  const lng = MARGIN_M / area.frame.mPerDegLng
  const lat = MARGIN_M / area.frame.mPerDegLat
  return (line) => {
    const own = boundsOf(line)!
    return own[0] <= bounds[2] + lng && own[2] >= bounds[0] - lng && own[1] <= bounds[3] + lat && own[3] >= bounds[1] - lat
  }
}

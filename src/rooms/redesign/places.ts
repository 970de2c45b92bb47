import { arcsByCell } from '@/core/cell-contents'
import type { Land } from '@/core/land'
import { toLngLat } from '@/core/land-frame'
import type { Finding } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { LngLatBounds } from '@/core/units'
import { unionPolygons } from '@/map/cell-rings'
import type { MapEngine } from '@/map/contracts'
import { STATION_ZOOMS } from '@/map/map-icons'
import { labelPoint } from '@/map/label-point'
import { COMMUNITY_LABEL_PX, GRID_LABEL_PX, labelZoom } from '@/map/label-zoom'
import { ref } from 'vue'
import type { Ground } from './ground'
import { addRedesignLayers, drawFindings, drawPieces, type FindingPin } from './layers'
import { listPatches } from './operations/find-places'
import { cellIndexOf } from './operations/index-cells'
import { outlineCells } from './operations/outline-cells'

export interface PlacesHost {
  map(): MapEngine | null
  ground(): Ground | null
  session(): PlanSession | null
  unassigned(): Int32Array
  findings(): readonly Finding[]
  /** An i18n key of the room. */
  say(key: string, values: Record<string, string | number>): void
}

/** Zoom that no map reaches. */
const NEVER = 99

/** A connected part of a grid. */
export interface Piece {
  readonly cells: Int32Array
  readonly households: number
}

/** Where findings and open land lie: pins and outlines on the map, and going from place to place. */
export function createPlaces(host: PlacesHost) {
  let takeAway: (() => void) | null = null
  /** Place of the last find, so that the next one goes on from there. */
  const unassignedPlace = ref(-1)
  const findingPlace = ref(-1)
  const gridPlaces = new Map<string, { ground: Ground; sign: string; at: readonly [number, number]; labelZoom: number }>()

  function enter(): void {
    const map = host.map()
    if (!map || takeAway) return
    takeAway = addRedesignLayers(map)
    refresh()
  }

  function leave(): void {
    takeAway?.()
    takeAway = null
  }

  /** Pins where errors lie. */
  function refresh(): void {
    const map = host.map()
    if (!map || !takeAway) return
    drawFindings(map, host.findings().flatMap(pinOf), (host.ground()?.scope.stations ?? []).map(({ at, level }) => ({ at, fromZoom: STATION_ZOOMS[level] })))
    drawPieces(map, [])
  }

  function pinOf(finding: Finding): FindingPin[] {
    if (finding.waived || finding.severity !== 'error') return []
    const place = placeOf(finding)
    return place ? [{ ...place, severity: finding.severity, label: finding.code }] : []
  }

  /** Where a finding lies: at the first cell it names, else where the label of its grid stands. */
  function placeOf(finding: Finding): Pick<FindingPin, 'at' | 'labelZoom'> | null {
    const session = host.session()
    const ground = host.ground()
    if (!session || !ground) return null
    if (finding.cellIds.length > 0) {
      const cell = session.context.cellIndex.get(finding.cellIds[0])
      return cell === undefined ? null : { at: labelOf(cell), labelZoom: NEVER }
    }
    const slot = session.index.slotOf(finding.gridIds[0] ?? null)
    return slot < 0 ? null : placeOfGrid(ground, session, slot)
  }

  /** As the map's own labels: found anew only where the grid has other cells than before. */
  function placeOfGrid(ground: Ground, session: PlanSession, slot: number): Pick<FindingPin, 'at' | 'labelZoom'> | null {
    const { grids, cellGrid } = session.document
    const cells = session.index.cellsOf(slot)
    const sign = `${cells.length}/${cells.reduce((sum, cell) => sum + cell, 0)}/${cells.reduce((sum, cell) => sum + cell * cell, 0)}`
    const held = gridPlaces.get(grids[slot]!.id)
    if (held?.sign === sign && held.ground === ground) return held
    const { bounds } = ground.scope
    const { land } = session.context
    const at = labelPoint(unionPolygons(land, (cell) => cellGrid[cell] === slot), land.frame.mPerDegLng / land.frame.mPerDegLat)
    if (!at) return null
    // The only grid of its community bears the community's label, which comes sooner.
    const width = session.index.gridsOfCommunity(grids[slot]!.community).length > 1 ? GRID_LABEL_PX : COMMUNITY_LABEL_PX
    const place = { ground, sign, at, labelZoom: labelZoom(session.figures(slot).areaM2, width, (bounds[1] + bounds[3]) / 2) }
    gridPlaces.set(grids[slot]!.id, place)
    return place
  }

  function labelOf(cell: number): [number, number] {
    const { land } = host.session()!.context
    return toLngLat(land.frame, land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1])
  }

  /** Show all of these cells, outlined. */
  function locateCells(cells: ArrayLike<number>, outline = true): void {
    const map = host.map()
    const session = host.session()
    if (!map || !session || cells.length === 0) return
    const { land } = session.context
    afterLayout(() => map.fit(boundsOf(land, cells), { maxZoom: 17 }))
    if (takeAway) drawPieces(map, outline ? [outlineCells(cellIndexOf(land), cells)] : [])
  }

  function locateGrid(gridId: string): void {
    const session = host.session()
    const slot = session?.index.slotOf(gridId) ?? -1
    if (session && slot >= 0) locateCells(session.index.cellsOf(slot).slice(), false)
  }

  /** Show what a finding speaks of. */
  function locate(finding: Finding): void {
    const session = host.session()
    if (!session) return
    const cells =
      finding.cellIds.length > 0
        ? finding.cellIds.map((id) => session.context.cellIndex.get(id)).filter((cell) => cell !== undefined)
        : finding.gridIds.flatMap((id) => [...session.index.cellsOf(session.index.slotOf(id))])
    const buildings = new Set(finding.buildingIds)
    if (cells.length === 0 && buildings.size > 0) return locateBuildings(buildings)
    locateCells(cells)
  }

  function locateBuildings(ids: ReadonlySet<number>): void {
    const ground = host.ground()!
    const { buildings } = ground.scope
    const box: [number, number, number, number] = [180, 90, -180, -90]
    for (let b = 0; b < buildings.count; b++) {
      if (!ids.has(buildings.ids[b])) continue
      for (let p = buildings.outlineStart[b]; p < buildings.outlineStart[b + 1]; p++) {
        grow(box, buildings.outline[2 * p], buildings.outline[2 * p + 1])
      }
    }
    if (box[0] <= box[2]) afterLayout(() => host.map()?.fit(box, { maxZoom: 17 }))
  }

  function piecesOf(gridId: string): Piece[] {
    const session = host.session()
    const slot = session?.index.slotOf(gridId) ?? -1
    if (!session || slot < 0) return []
    const households = session.context.cellStats.households
    return session.contiguity.listPieces(slot).map((cells) => ({ cells, households: cells.reduce((sum, cell) => sum + households[cell], 0) }))
  }

  /** Go to the next connected patch of land without a grid. */
  function findUnassigned(): void {
    const session = host.session()
    const patches = session ? listPatches(session, host.unassigned()) : []
    if (!session || patches.length === 0) return
    unassignedPlace.value = (unassignedPlace.value + 1) % patches.length
    const patch = patches[unassignedPlace.value]
    locateCells(patch)
    const { communities, land } = session.context
    const community = communities[land.cellCommunity[patch[0]]]?.name ?? ''
    host.say('unassigned.place', { n: unassignedPlace.value + 1, total: patches.length, community })
  }

  function findFinding(): void {
    const findings = host.findings().filter((finding) => finding.severity === 'error' && !finding.waived)
    if (findings.length === 0) return
    findingPlace.value = (findingPlace.value + 1) % findings.length
    locate(findings[findingPlace.value])
  }

  return { enter, leave, refresh, locate, locateCells, locateGrid, piecesOf, findUnassigned, findFinding }
}

/** A selection may open the inspector beside the map: look when the map has its new size. */
function afterLayout(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

function boundsOf(land: Land, cells: ArrayLike<number>): LngLatBounds {
  const { start, item } = arcsByCell(land)
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < cells.length; i++) {
    for (let k = start[cells[i]]; k < start[cells[i] + 1]; k++) {
      const arc = item[k]
      for (let p = land.arcStart[arc]; p < land.arcStart[arc + 1]; p++) grow(box, land.arcXY[2 * p], land.arcXY[2 * p + 1])
    }
  }
  const [west, south] = toLngLat(land.frame, box[0], box[1])
  const [east, north] = toLngLat(land.frame, box[2], box[3])
  return [west, south, east, north]
}

function grow(box: [number, number, number, number], x: number, y: number): void {
  if (x < box[0]) box[0] = x
  if (y < box[1]) box[1] = y
  if (x > box[2]) box[2] = x
  if (y > box[3]) box[3] = y
}

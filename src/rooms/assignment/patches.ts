import { shortUnitName } from '@/core/unit-names'
import { boundaryPolygons, unionPolygons } from '@/map/cell-rings'
import { SOURCE, type MapEngine } from '@/map/contracts'
import { labelPoint } from '@/map/label-point'
import { ASSIGNMENT_SOURCE, draw, SERVED_EDGES } from './layers'
import { buildingFeatures } from './operations/patch-features'
import type { Picture } from './picture'

export interface PatchesHost {
  map(): MapEngine | null
  picture(): Picture | null
  /** What is written at a community far away. */
  servedWords(served: number, unserved: number): string
}

/** Strips made anew beside the first ones before all are made again. */
const MOST_MENDED = 300

/**
 * Tints of buildings by member, and far away a figure for each community. All strips are made once a plan; a change
 * makes those of its buildings anew in a small source of their own and hides the ones before.
 */
export function createPatches(host: PatchesHost) {
  /** Ids of the strips of each building: first … first + count − 1. */
  let first = new Int32Array(0)
  let count = new Uint8Array(0)
  let ids = 0
  const mended = new Map<number, GeoJSON.Feature[]>()
  const gone = new Set<number>()
  /** Class of each community as painted, and where its figure stands. */
  let classes: Int8Array = new Int8Array(0)
  let figurePlaces: { landId: number; at: ([number, number] | null)[] } | null = null

  function drawAll(): void {
    const [map, picture] = [host.map(), host.picture()]
    if (!map || !picture) return
    const { buildings, land } = picture.scope
    const ground = { buildings, frame: land.frame }
    first = new Int32Array(buildings.count)
    count = new Uint8Array(buildings.count)
    const features: GeoJSON.Feature[] = []
    const ties = tiesOf(picture)
    for (let b = 0; b < buildings.count; b++) {
      first[b] = features.length
      const own = buildingFeatures(ground, picture.layout, ties, b, features.length)
      count[b] = own.length
      features.push(...own)
    }
    ids = features.length
    for (const id of gone) map.setState(ASSIGNMENT_SOURCE.parts, id, { gone: false })
    gone.clear()
    mended.clear()
    draw(map, ASSIGNMENT_SOURCE.parts, features)
    draw(map, ASSIGNMENT_SOURCE.mended, [])
    classes = new Int8Array(0)
    drawServed()
  }

  /** These households changed hands. Costs the buildings they live in. */
  function touch(households: ArrayLike<number>): void {
    const [map, picture] = [host.map(), host.picture()]
    if (!map || !picture) return
    const { building } = picture.assignment.households
    const touched = new Set<number>()
    for (let k = 0; k < households.length; k++) if (building[households[k]] >= 0) touched.add(building[households[k]])
    if (mended.size + touched.size > MOST_MENDED || first.length === 0) return drawAll()
    const { buildings, land } = picture.scope
    const ties = tiesOf(picture)
    for (const b of touched) {
      for (let id = first[b]; id < first[b] + count[b]; id++) {
        gone.add(id)
        map.setState(ASSIGNMENT_SOURCE.parts, id, { gone: true })
      }
      const own = buildingFeatures({ buildings, frame: land.frame }, picture.layout, ties, b, ids)
      ids += own.length
      mended.set(b, own)
    }
    draw(map, ASSIGNMENT_SOURCE.mended, [...mended.values()].flat())
    drawServed()
  }

  /** Classes of communities, and the figures where one changed. */
  function drawServed(): void {
    const [map, picture] = [host.map(), host.picture()]
    if (!map || !picture) return
    const { scope, assignment, session } = picture
    const communities = scope.communities.length
    const all = new Int32Array(communities)
    const unserved = new Int32Array(communities)
    assignment.households.community.forEach((community, household) => {
      all[community]++
      if (session.document.householdMember[household] < 0) unserved[community]++
    })
    const next = Int8Array.from(all, (n, k) => (n === 0 ? -1 : servedClass(unserved[k] / n)))
    const isNew = classes.length !== communities
    scope.land.cellCommunity.forEach((community, cell) => {
      if (isNew || classes[community] !== next[community]) map.setState(SOURCE.cells, cell, { servedClass: next[community] })
    })
    classes = next
    draw(
      map,
      ASSIGNMENT_SOURCE.communities,
      placesOfFigures(picture).flatMap((at, k): GeoJSON.Feature[] =>
        at && all[k] > 0
          ? [{ type: 'Feature', properties: { words: host.servedWords(all[k] - unserved[k], unserved[k]), unserved: unserved[k], name: shortUnitName(scope.communities[k]) }, geometry: { type: 'Point', coordinates: at } }]
          : [],
      ),
    )
  }

  /** Beneath the name of each community, found once a street. */
  function placesOfFigures({ scope }: Picture): readonly ([number, number] | null)[] {
    if (figurePlaces?.landId === scope.landId) return figurePlaces.at
    const { land, communities } = scope
    const lngScale = land.frame.mPerDegLng / land.frame.mPerDegLat
    const at = communities.map((_, k): [number, number] | null => {
      const polygons = communities.length === 1 ? boundaryPolygons(land) : unionPolygons(land, (cell) => land.cellCommunity[cell] === k)
      const point = labelPoint(polygons as [number, number][][][], lngScale)
      return point && [point[0], point[1]]
    })
    figurePlaces = { landId: scope.landId, at }
    return at
  }

  /** The room leaves the map: nothing of it stays on the cells. */
  function clear(): void {
    const [map, picture] = [host.map(), host.picture()]
    if (map && picture) picture.scope.land.cellCommunity.forEach((_, cell) => map.setState(SOURCE.cells, cell, { servedClass: -1 }))
    classes = new Int8Array(0)
    first = new Int32Array(0)
  }

  return { drawAll, touch, clear }
}

const tiesOf = ({ session, colourOf }: Picture) => ({ householdMember: session.document.householdMember, colourOf })

/** Class of a share of unserved households: 0 none, then by the fixed edges. */
export const servedClass = (share: number): number => (share <= 0 ? 0 : SERVED_EDGES.filter((edge) => share > edge).length)

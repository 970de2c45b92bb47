import type { LandFrame } from '@/core/land-frame'
import type { LngLatBounds } from '@/core/units'
import { boundsOf } from '../geometry/lng-lat-bounds'
import type { ChangedBuilding, ChangedFeature, ChangedShape, ChangeMode, MergedLand } from '../land-change'
import type { Pair } from '../model'
import { PULLED_DOWN } from '../standing-land'
import type { StandingBuilding, StandingFeature, StandingLand } from '../standing-land'
import type { CleanArea, CleanBuilding, CleanLand, CleanStreet } from './clean-land'
import { isSameArea, isSameLine } from './compare-shapes'
import { matchBuildings } from './match-buildings'
import { matchShapes } from './match-shapes'

/**
 * What will stand on a land once the files are taken in. Replacing, the files tell all there is of every layer they hold; layers they
 * do not hold stay as they are. Adding, nothing goes. `near` is the land's surroundings: ways and water beyond it are not of it.
 */
export function mergeLand(standing: StandingLand, files: CleanLand, mode: ChangeMode, frame: LandFrame, near: LngLatBounds): MergedLand {
  const isNear = (line: readonly Pair[]): boolean => {
    const own = boundsOf(line)!
    return own[0] <= near[2] && own[2] >= near[0] && own[1] <= near[3] && own[3] >= near[1]
  }
  const streetFiles = files.streets.filter(({ line }) => isNear(line))
  const streets = mergeShapes<CleanStreet>(
    standing.streets.map(({ sourceRef, line }) => ({ id: sourceRef, line })),
    streetFiles.map((clean) => ({ clean, id: clean.sourceId, line: clean.line })),
    mode, files.streets.length > 0,
    (index, file) => isSameLine(frame, standing.streets[index].line, streetFiles[file].line),
    (index, file) => isSameStreet(standing, index, streetFiles[file]),
  )
  const compoundFiles = files.compounds.filter(({ polygons }) => isNear(polygons[0][0]))
  const isSameCompound = (index: number, file: number) => isSameArea(frame, [[standing.compounds[index].ring]], [[compoundFiles[file].polygons[0][0]]])
  const compounds = mergeShapes<CleanArea>(
    standing.compounds.map(({ sourceRef, ring }) => ({ id: sourceRef, line: ring })),
    compoundFiles.map((clean) => ({ clean, id: clean.sourceId, line: clean.polygons[0][0] })),
    mode, files.compounds.length > 0, isSameCompound,
    (index, file) => isSameCompound(index, file) && ['', standing.compounds[index].name].includes(compoundFiles[file].name),
  )
  const features = mergeFeatures(standing, files, mode, frame, isNear)
  const { buildings, gone } = mergeBuildings(standing.buildings, files.buildings, mode, frame)
  return {
    mode, buildings, goneBuildings: gone,
    compounds: compounds.all, goneCompounds: compounds.gone,
    streets: streets.all, goneStreets: streets.gone,
    features: features.all, goneFeatures: features.gone,
  }
}

function mergeBuildings(
  standing: readonly StandingBuilding[], files: readonly CleanBuilding[], mode: ChangeMode, frame: LandFrame,
): { buildings: ChangedBuilding[]; gone: number[] } {
  const matched = matchBuildings(standing, files)
  const fileOf = new Map([...matched].flatMap((index, file) => (index >= 0 ? [[index, file] as const] : [])))
  const buildings: ChangedBuilding[] = []
  const gone: number[] = []
  standing.forEach((building, index) => {
    const file = fileOf.get(index)
    const clean = file === undefined ? null : files[file]
    const people = building.households + building.members
    if (clean === null && building.needsReview === PULLED_DOWN) {
      // It stood as a record for the sake of people who have moved since.
      if (people === 0) gone.push(index)
      return
    }
    if (clean === null && mode === 'replace' && files.length > 0) {
      gone.push(index)
      return
    }
    const aspects = clean === null ? [] : aspectsOf(building, clean, frame)
    const newHouseholds = clean !== null && building.households === 0 && clean.householdsKnown ? clean.households : 0
    if (newHouseholds > 0) aspects.push('households')
    buildings.push({
      standing: index,
      clean,
      state: aspects.length === 0 ? 'same' : 'changed',
      aspects,
      polygons: clean !== null && aspects.includes('outline') ? (clean.polygons as Pair[][][]) : building.polygons,
      households: building.households + newHouseholds,
      newHouseholds,
      underground: clean?.underground ?? building.underground,
      layer: clean?.layer ?? 0,
    })
  })
  files.forEach((clean, file) => {
    if (matched[file] >= 0) return
    buildings.push({
      standing: -1, clean, state: 'added', aspects: [], polygons: clean.polygons as Pair[][][], households: clean.households,
      newHouseholds: clean.households, underground: clean.underground, layer: clean.layer,
    })
  })
  return { buildings, gone }
}

/** What the files say otherwise of a house. What they do not say is left as it is. */
function aspectsOf(building: StandingBuilding, clean: CleanBuilding, frame: LandFrame): string[] {
  const aspects: string[] = []
  if (!isSameArea(frame, building.polygons, clean.polygons)) aspects.push('outline')
  if (clean.floorsKnown && clean.floors !== building.floors) aspects.push('floors')
  if (clean.name !== '' && clean.name !== building.name) aspects.push('name')
  if (clean.address !== '' && clean.address !== building.address) aspects.push('address')
  if (clean.kind !== 'yes' && clean.kind !== building.kind) aspects.push('kind')
  if (building.needsReview === PULLED_DOWN) aspects.push('standsAgain')
  return aspects
}

interface FileShape<T> {
  readonly clean: T
  readonly id: string | null
  readonly line: readonly Pair[]
}

function mergeShapes<T>(
  standing: readonly { readonly id: string | null; readonly line: readonly Pair[] }[],
  files: readonly FileShape<T>[],
  mode: ChangeMode,
  told: boolean,
  isSamePlace: (index: number, file: number) => boolean,
  isSame: (index: number, file: number) => boolean,
): { all: ChangedShape<T>[]; gone: number[] } {
  const matched = matchShapes(standing, files, isSamePlace)
  const fileOf = new Map([...matched].flatMap((index, file) => (index >= 0 ? [[index, file] as const] : [])))
  const all: ChangedShape<T>[] = []
  const gone: number[] = []
  standing.forEach((_, index) => {
    const file = fileOf.get(index)
    if (file === undefined && mode === 'replace' && told) gone.push(index)
    else if (file === undefined || isSame(index, file)) all.push({ standing: index, clean: null, state: 'same' })
    else all.push({ standing: index, clean: files[file].clean, state: 'changed' })
  })
  files.forEach(({ clean }, file) => {
    if (matched[file] < 0) all.push({ standing: -1, clean, state: 'added' })
  })
  return { all, gone }
}

function isSameStreet(standing: StandingLand, index: number, clean: CleanStreet): boolean {
  const street = standing.streets[index]
  const plain = (word: string) => (word === 'no' ? '' : word)
  return (
    street.class === clean.highway && plain(street.tunnel) === plain(clean.tunnel) && street.layer === clean.layer &&
    (clean.name === '' || clean.name === street.name) &&
    street.line.length === clean.line.length &&
    street.line.every(([lng, lat], k) => Math.abs(lng - clean.line[k][0]) < 5e-7 && Math.abs(lat - clean.line[k][1]) < 5e-7)
  )
}

/** Water, greens and railways have no ids; each polygon or line by itself, kind by kind. */
function mergeFeatures(
  standing: StandingLand, files: CleanLand, mode: ChangeMode, frame: LandFrame, isNear: (line: readonly Pair[]) => boolean,
): { all: ChangedShape<ChangedFeature>[]; gone: number[] } {
  const told: ChangedFeature[] = [
    ...files.water.flatMap(({ kind, name, polygons, line }): ChangedFeature[] =>
      kind === 'coast' ? [] : kind === 'line' ? [{ kind: 'water', name, line, rings: null }] : polygons.map((rings) => ({ kind: 'water', name, line: null, rings }))),
    ...files.greens.flatMap(({ name, polygons }) => polygons.map((rings): ChangedFeature => ({ kind: 'green', name, line: null, rings }))),
    ...files.railways.map(({ name, line }): ChangedFeature => ({ kind: 'railway', name, line, rings: null })),
  ].filter((feature) => isNear(outlineOf(feature)))
  const all: ChangedShape<ChangedFeature>[] = []
  const gone: number[] = []
  for (const kind of ['water', 'green', 'railway'] as const) {
    const indices = standing.features.flatMap((feature, k) => (feature.kind === kind ? [k] : []))
    const here = indices.map((k) => standingFeature(standing.features[k]))
    const mine = told.filter((feature) => feature.kind === kind)
    const same = (index: number, file: number) => isSameFeature(frame, here[index], mine[file])
    const merged = mergeShapes<ChangedFeature>(
      here.map((feature) => ({ id: null, line: outlineOf(feature) })),
      mine.map((feature) => ({ clean: feature, id: null, line: outlineOf(feature) })),
      mode, mine.length > 0, same, same,
    )
    all.push(...merged.all.map((shape) => ({ ...shape, standing: shape.standing < 0 ? -1 : indices[shape.standing] })))
    gone.push(...merged.gone.map((index) => indices[index]))
  }
  return { all, gone }
}

/** A stored feature as a line or the rings of its first polygon; each is stored with one. */
export function standingFeature({ kind, name, geometry }: StandingFeature): ChangedFeature {
  if (geometry.type === 'LineString') return { kind, name, line: geometry.coordinates, rings: null }
  return { kind, name, line: null, rings: geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates[0] }
}

/** The line of a way, the outer ring of an area. */
export const outlineOf = ({ line, rings }: ChangedFeature): readonly Pair[] => line ?? rings![0]

const isSameFeature = (frame: LandFrame, a: ChangedFeature, b: ChangedFeature): boolean =>
  a.line !== null && b.line !== null ? isSameLine(frame, a.line, b.line) : a.rings !== null && b.rings !== null && isSameArea(frame, [a.rings], [b.rings])

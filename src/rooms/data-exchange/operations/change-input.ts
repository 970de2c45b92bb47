import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { latticeLine } from '@/algorithms/topology/land-input'
import type { LandInput, LandStreet, LatticeRings } from '@/algorithms/topology/land-input'
import type { RecutRequest } from '@/algorithms/topology/recut-land'
import type { Land } from '@/core/land'
import type { ChangedBuilding, ChangedFeature, ChangedShape, MergedLand } from '../land-change'
import type { Pair } from '../model'
import type { StandingLand } from '../standing-land'
import type { CleanStreet } from './clean-land'
import { standingFeature } from './merge-land'

/** Lines are told to the cutter as changed stretch by stretch: the box of a long street would be half the quarter. Lattice steps (60 m). */
const STRETCH = 12_000

/** What the cutter is asked: the land as it was, all that will stand on it, and where that differs. */
export function changeInput(land: Land, standing: StandingLand, merged: MergedLand): RecutRequest {
  const cellIndex = new Map([...land.cellIds].map((id, cell) => [id, cell]))
  const cellOf = (index: number) => cellIndex.get(standing.buildings[index].cell ?? 0) ?? -1
  const present = merged.buildings.filter((building) => isCut(building, standing))
  const former = [...present.flatMap(({ standing: index }) => (index >= 0 ? [index] : [])), ...merged.goneBuildings.filter((index) => cellOf(index) >= 0)]
  return {
    land,
    formerIds: former.map((index) => keyOf(standing.buildings[index].id)),
    formerCell: Int32Array.from(former, cellOf),
    input: landInput(land, standing, merged, present),
    changedBuildings: present.flatMap((building, k) =>
      building.standing < 0 ? [cutterId(building, standing, k)]
      : building.aspects.includes('outline') || building.newHouseholds > 0 ? [keyOf(standing.buildings[building.standing].id)] : []),
    changedBoxes: changedBoxes(land, standing, merged),
  }
}

/** Whether the cutter is told of a house: one that has no cell today is left where it is. */
export const isCut = (building: ChangedBuilding, { buildings }: StandingLand): boolean =>
  building.standing < 0 || buildings[building.standing].cell !== null || building.aspects.includes('outline')

const keyOf = (id: number): string => `b${String(id).padStart(10, '0')}`
const cutterId = (building: ChangedBuilding, standing: StandingLand, k: number): string =>
  building.standing < 0 ? `n${String(k).padStart(8, '0')}` : keyOf(standing.buildings[building.standing].id)

function landInput(land: Land, standing: StandingLand, merged: MergedLand, present: readonly ChangedBuilding[]): LandInput {
  const { frame } = land
  const line = (positions: readonly Pair[]) => latticeLine(frame, positions as Pair[])
  const outline = (column: ArrayLike<number>, value: number): LatticeRings => deriveGridOutline(land, column, value).polygons.flat()
  const features = merged.features.map((shape) => shape.clean ?? standingFeature(standing.features[shape.standing]))
  const lines = (kind: ChangedFeature['kind']) => features.flatMap((f) => (f.kind === kind && f.line !== null ? [line(f.line)] : []))
  const areas = (kind: ChangedFeature['kind']) => features.flatMap((f) => (f.kind === kind && f.rings !== null ? [f.rings.map(line)] : []))
  return {
    frame,
    // The land keeps its outline and the lines of its communities, as the cells have them.
    boundary: outline(new Int32Array(land.cellIds.length), 0),
    communities: standing.communities.length > 1 ? standing.communities.map((_, k) => outline(land.cellCommunity, k)) : [],
    buildings: present.map((building, k) => ({
      id: cutterId(building, standing, k),
      rings: building.polygons.flatMap((polygon) => polygon.map(line)),
      households: building.households,
      layer: building.layer,
      underground: building.underground,
    })),
    streets: merged.streets.map((shape) => streetOf(shape, standing, line)),
    waterAreas: areas('water'),
    waterLines: lines('water'),
    coastlines: [],
    railways: lines('railway'),
    greens: areas('green'),
    compounds: merged.compounds.map((shape, k) => ({ id: `c${k}`, ring: line(shape.clean?.polygons[0][0] ?? standing.compounds[shape.standing].ring) })),
    barriers: [],
  }
}

function streetOf(shape: ChangedShape<CleanStreet>, standing: StandingLand, line: (positions: readonly Pair[]) => Int32Array): LandStreet {
  const plain = (word: string) => (word === '' || word === 'no' ? false : word)
  if (shape.clean !== null) {
    const { sourceId, line: positions, highway, tunnel, bridge, layer } = shape.clean
    return { id: `n${sourceId}`, line: line(positions), highway, tunnel: plain(tunnel), bridge: plain(bridge), layer }
  }
  const { id, line: positions, class: highway, hard, tunnel, bridge, layer } = standing.streets[shape.standing]
  return { id: `s${id}`, line: line(positions), highway, hard, tunnel: plain(tunnel), bridge: plain(bridge), layer }
}

/** Boxes around all lines that come, go or move. */
function changedBoxes(land: Land, standing: StandingLand, merged: MergedLand): [number, number, number, number][] {
  const lines: (readonly Pair[])[] = []
  const both = <T>(shapes: readonly ChangedShape<T>[], gone: readonly number[], before: (index: number) => readonly Pair[][], after: (clean: T) => readonly Pair[][]) => {
    for (const index of gone) lines.push(...before(index))
    for (const { standing: index, clean, state } of shapes) {
      if (state === 'same') continue
      if (index >= 0) lines.push(...before(index))
      if (clean !== null) lines.push(...after(clean))
    }
  }
  const parts = ({ line, rings }: ChangedFeature): Pair[][] => (line !== null ? [line as Pair[]] : rings!)
  both(merged.streets, merged.goneStreets, (k) => [standing.streets[k].line], ({ line }) => [line as Pair[]])
  both(merged.compounds, merged.goneCompounds, (k) => [standing.compounds[k].ring], ({ polygons }) => [polygons[0][0]])
  both(merged.features, merged.goneFeatures, (k) => parts(standingFeature(standing.features[k])), parts)
  return lines.flatMap((line) => stretches(latticeLine(land.frame, line as Pair[])))
}

function stretches(xy: Int32Array): [number, number, number, number][] {
  const boxes: [number, number, number, number][] = []
  for (let k = 0; k + 3 < xy.length; k += 2) {
    const [x0, y0, x1, y1] = [xy[k], xy[k + 1], xy[k + 2], xy[k + 3]]
    const pieces = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / STRETCH))
    for (let p = 0; p < pieces; p++) {
      const at = (share: number) => [Math.round(x0 + (x1 - x0) * share), Math.round(y0 + (y1 - y0) * share)]
      const [ax, ay] = at(p / pieces)
      const [bx, by] = at((p + 1) / pieces)
      boxes.push([Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)])
    }
  }
  return boxes
}

import type { SolverControl } from '@/algorithms/shared/solver-control'
import { cutLand } from '@/algorithms/topology/cut-land'
import { emptyLandInput, latticeLineOfMetres, type LandCut, type LandInput } from '@/algorithms/topology/land-input'
import type { XY } from '@/core/units'
import type { StreetData } from './street-data'

/** The street's land as the cutter reads it. */
export function landInputOf(street: StreetData): LandInput {
  const line = (points: readonly XY[]): Int32Array => latticeLineOfMetres(points.flatMap(([x, y]) => [x, y]))
  const areas = (kind: 'water' | 'green'): Int32Array[][] => street.features.filter((f) => f.kind === kind).map((f) => [line(f.line)])
  return {
    ...emptyLandInput(street.frame),
    boundary: [line(street.outline)],
    communities: street.communities.map(({ rings }) => rings.map(line)),
    buildings: street.buildings.map((building, k) => ({ id: sourceId('b', k), rings: [line(building.ring)], households: building.households })),
    streets: street.streets.map((way, k) => ({ id: sourceId('s', k), line: line(way.line), highway: way.class, hard: way.hard })),
    waterAreas: areas('water'),
    greens: areas('green'),
    railways: street.features.filter(({ kind }) => kind === 'railway').map((f) => line(f.line)),
    compounds: street.compounds.map(({ ring }, k) => ({ id: sourceId('c', k), ring: line(ring) })),
  }
}

/** Identity of a generated thing in its source; padded, so that the order of ids is the order of the list. */
export const sourceId = (kind: 'b' | 's' | 'c', index: number): string => `${kind}${String(index).padStart(6, '0')}`

/** Cut the street's land into cells. */
export const cutCells = (street: StreetData, control: SolverControl = {}): LandCut => cutLand(landInputOf(street), control)

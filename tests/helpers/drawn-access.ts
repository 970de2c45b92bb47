import type { AccessInput } from '@/algorithms/routing/access-ground'
import { COVERAGE_SETTINGS, STATION_LEVELS } from '@/core/coverage/coverage-scope'
import type { XY } from '@/core/units'
import type { StreetData } from '../../supabase/seed/street-data'
import { lineColumns, points, streetColumns } from './street-drawings'

/** A drawn street as walks to its stations are measured: past no wall of a compound, water or railway; all gates open. */
export function accessOf(street: StreetData): AccessInput {
  const closed = (ring: readonly XY[]) => [...ring, ring[0]]
  const placed = (list: readonly XY[]) => ({ xyM: points(list), limitM: new Float64Array(list.length).fill(COVERAGE_SETTINGS.accessLimitM) })
  return {
    streets: streetColumns(street.streets.map(({ line }) => line), street.streets.map((way) => way.class)),
    barriers: {
      lines: lineColumns([
        ...street.compounds.map(({ ring }) => closed(ring)),
        ...street.features.flatMap(({ kind, line }) => (kind === 'green' ? [] : [kind === 'water' ? closed(line) : line])),
      ]),
    },
    doors: placed(street.buildings.map(({ point }) => point)),
    stations: placed(street.stations.map(({ point }) => point)),
    stationLevel: Uint8Array.from(street.stations, ({ level }) => STATION_LEVELS.indexOf(level)),
    levels: STATION_LEVELS.length,
  }
}

/** Stations of the levels that count. */
export const countedStations = ({ stationLevel }: AccessInput): number[] =>
  [...stationLevel.keys()].filter((k) => COVERAGE_SETTINGS.stationLevels.includes(STATION_LEVELS[stationLevel[k]]))

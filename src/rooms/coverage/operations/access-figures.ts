import { REACH } from './compare-circle'
import type { AccessAnswer } from '../jobs/answer-access/answer-access-job'

/** Households of some buildings by how they stand to the limit. foot + circleOnly + far + refused = households; served + full = foot. */
export interface AccessFigures {
  readonly households: number
  readonly foot: number
  /** Within a circle only: farther on foot than the limit. */
  readonly circleOnly: number
  readonly far: number
  /** The door is on no street, so nobody knows. */
  readonly refused: number
  /** Of those on foot: some station has room for them; every station they reach is full. */
  readonly served: number
  readonly full: number
}

export interface StationRow {
  /** Index of the station. */
  readonly station: number
  /** Households that reach it on foot, whether it is their nearest or not. */
  readonly within: number
  /** Households in its circle that are farther on foot. */
  readonly circleOnly: number
  /** Households that go there. */
  readonly load: number
  /** 0: as many as come. */
  readonly capacity: number
  /** It takes no more, and somebody who reaches it has to go elsewhere or nowhere. */
  readonly isFull: boolean
}

/** A building that is told of by itself. */
export interface BuildingRow {
  readonly building: number
  readonly households: number
}

/** Sums over buildings. O(buildings). @param isHere whether a building is asked about */
export function accessFigures({ comparison: { reach }, served }: Pick<AccessAnswer, 'comparison' | 'served'>, households: Int32Array, isHere: (building: number) => boolean): AccessFigures {
  const by = [0, 0, 0, 0]
  let taken = 0
  households.forEach((count, building) => {
    if (!isHere(building)) return
    by[reach[building]] += count
    taken += served.served[building]
  })
  const foot = by[REACH.foot]
  return { households: by[0] + by[1] + by[2] + by[3], foot, circleOnly: by[REACH.circle], far: by[REACH.far], refused: by[REACH.refused], served: taken, full: foot - taken }
}

/** The stations asked about, those that most go to first. O(stations log stations). */
export function stationRows({ comparison, served: { load, within } }: Pick<AccessAnswer, 'comparison' | 'served'>, asked: readonly number[], stations: readonly { readonly capacity: number }[]): StationRow[] {
  return asked
    .map((station) => {
      const { capacity } = stations[station]
      return { station, within: within[station], circleOnly: comparison.circleOnly[station], load: load[station], capacity, isFull: capacity > 0 && load[station] >= capacity && within[station] > load[station] }
    })
    .sort((a, b) => Number(b.isFull) - Number(a.isFull) || b.load - a.load || a.station - b.station)
}

/** Buildings that stand so to the limit and in which somebody lives, those with most households first. O(buildings log buildings). */
export const buildingRows = (reach: Uint8Array, value: number, households: Int32Array, isHere: (building: number) => boolean): BuildingRow[] =>
  Array.from(reach.keys())
    .filter((building) => reach[building] === value && households[building] > 0 && isHere(building))
    .map((building) => ({ building, households: households[building] }))
    .sort((a, b) => b.households - a.households || a.building - b.building)

import { segmentPlaces } from '@/rooms/patrol/operations/segment-places'
import { shareStreets } from '@/rooms/patrol/operations/share-streets'
import { describe, expect, it } from 'vitest'
import { makeNetwork, makeStreet } from './make-patrols'

describe('where segments lie', () => {
  const scope = makeStreet()
  const network = makeNetwork(scope)
  const places = segmentPlaces(network, scope)
  const segmentAt = (xM: number, yM: number): number => {
    for (let segment = 0; segment < network.segmentFrom.length; segment++) {
      if (Math.hypot(places.middleXYM[2 * segment] - xM, places.middleXYM[2 * segment + 1] - yM) < 0.01) return segment
    }
    throw new Error(`no segment at ${xM}, ${yM}`)
  }

  it('is the community of the middle, and one of the two on their border', () => {
    expect(places.community[segmentAt(150, 100)]).toBe(0)
    expect(places.community[segmentAt(250, 100)]).toBe(1)
    expect([0, 1]).toContain(places.community[segmentAt(200, 150)])
  })

  it('is where coverage counts it, on every border: the lower grid, however the streets are drawn and the grids are numbered', () => {
    const { grids, cellGrid } = scope.current
    const turned = { ...scope.current, grids: [...grids].reverse(), cellGrid: cellGrid.map((grid) => grids.length - 1 - grid) }
    for (const current of [scope.current, turned]) {
      for (const streets of [scope.streets, scope.streets.map((street) => ({ ...street, line: [...street.line].reverse() }))]) {
        const shares = shareStreets({ ...scope, current, streets })
        const counted = segmentPlaces(network, { ...scope, current })
        for (const [segment, line] of network.segmentLine.entries()) {
          const lengthCm = 100 * network.segmentLengthM[segment]
          const endCm = shares.findLast(({ streetId }) => streetId === scope.streets[line].id)!.toCm
          const middleCm = network.segmentFromCm[segment] + lengthCm / 2
          const atCm = streets === scope.streets ? middleCm : endCm - middleCm
          const share = shares.find(({ streetId, fromCm, toCm }) => streetId === scope.streets[line].id && fromCm <= atCm && toCm > atCm)!
          expect([counted.community[segment], counted.grid[segment]]).toEqual([share.community, share.grid])
        }
      }
    }
  })

  it('is the grid on either hand where a street is the border', () => {
    const border = segmentAt(200, 150)
    const within = segmentAt(150, 100)
    expect(places.gridLeft[border]).not.toBe(places.gridRight[border])
    expect([places.gridLeft[border], places.gridRight[border]]).toContain(places.grid[border])
    expect(places.gridLeft[within]).toBe(places.gridRight[within])
  })

  it('is nothing beyond the land', () => {
    const away = { ...network, pathXYM: network.pathXYM.map((metres) => metres + 5000) }
    expect([...segmentPlaces(away, scope).community].every((community) => community === -1)).toBe(true)
  })
})

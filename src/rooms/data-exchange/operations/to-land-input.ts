import { latticeLine } from '@/algorithms/topology/land-input'
import type { LandInput, LatticeRings } from '@/algorithms/topology/land-input'
import { boundsOf } from '../geometry/lng-lat-bounds'
import type { Pair } from '../model'
import type { CleanLand } from './clean-land'
import type { LandArea } from './land-boundary'

/** What the cutter reads, from cleaned rows. Buildings keep their order; water far outside the land is left out. */
export function toLandInput(land: CleanLand, area: LandArea): LandInput {
  const { frame } = area
  const rings = (polygons: readonly Pair[][][]): LatticeRings => polygons.flatMap((polygon) => polygon.map((ring) => latticeLine(frame, ring)))
  const near = nearTo(area)
  const lines = (items: readonly { readonly line: readonly Pair[] }[]) =>
    items.filter((item) => near(item.line)).map((item) => latticeLine(frame, item.line as Pair[]))
  const water = (kind: 'area' | 'line' | 'coast') => land.water.filter((item) => item.kind === kind)
  return {
    frame,
    boundary: area.drawnFrom === 'communities' ? undefined : rings(area.polygons),
    communities: land.communities.map((community) => rings(community.polygons)),
    buildings: land.buildings.map((building) => ({
      id: building.sourceId,
      rings: rings(building.polygons),
      households: building.households,
      layer: building.layer,
      underground: building.underground,
    })),
    streets: land.streets
      .filter((street) => near(street.line))
      .map((street) => ({
        id: street.sourceId,
        line: latticeLine(frame, street.line as Pair[]),
        highway: street.highway,
        tunnel: street.tunnel === '' || street.tunnel === 'no' ? false : street.tunnel,
        bridge: street.bridge === '' || street.bridge === 'no' ? false : street.bridge,
        layer: street.layer,
      })),
    waterAreas: water('area').filter((item) => near(item.polygons[0][0])).map((item) => rings(item.polygons)),
    waterLines: lines(water('line')),
    coastlines: lines(water('coast')),
    railways: lines(land.railways),
    greens: land.greens.filter((item) => near(item.polygons[0][0])).map((item) => rings(item.polygons)),
    compounds: land.compounds
      .filter((item) => near(item.polygons[0][0]))
      .map((compound) => ({ id: compound.sourceId, ring: latticeLine(frame, compound.polygons[0][0]) })),
    barriers: [],
  }
}

/** Whether positions touch the land's bounds, widened by a kilometre. */
function nearTo(area: LandArea): (line: readonly Pair[]) => boolean {
  const bounds = boundsOf(area.polygons.flatMap(([shell]) => shell))!
  const lng = 1_000 / area.frame.mPerDegLng
  const lat = 1_000 / area.frame.mPerDegLat
  return (line) => {
    const own = boundsOf(line)
    return (
      own !== null &&
      own[0] <= bounds[2] + lng && own[2] >= bounds[0] - lng && own[1] <= bounds[3] + lat && own[3] >= bounds[1] - lat
    )
  }
}


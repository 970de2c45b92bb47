import type { Random } from '../random'
import type { LandCut } from '@/algorithms/topology/land-input'
import type { GridPlan } from '../draw-grids'
import type { BuildingData, Community, CompoundData, StationData, StationLevel, StreetData } from '../street-data'
import { initialsOf } from './initials'

const HOURS: Readonly<Record<StationLevel, string>> = {
  street_centre: '每日 8:00–20:00',
  community_station: '周一至周日 8:30–17:30',
  grid_home: '周一至周六 9:00–17:00',
  compound_point: '周一至周五 9:00–11:30，14:00–17:00',
  stairwell_contact: '随时联系',
}

export function makeStation(level: StationLevel, community: number, name: string, capacity: number, building: BuildingData): StationData {
  return { level, community, name, initials: initialsOf(name), capacity, hours: HOURS[level], point: building.point }
}

/** Levels one, two, four and five of the service chain; the homes of the grids follow once there are grids. */
export function placeStations(
  streetName: string,
  communities: readonly Community[],
  compounds: readonly CompoundData[],
  buildings: readonly BuildingData[],
  random: Random,
): StationData[] {
  const out: StationData[] = []
  const office = buildings.find(({ name }) => name.startsWith(streetName)) ?? buildings[0]
  out.push(makeStation('street_centre', office.community, `${streetName}党群服务中心`, 3000, office))
  communities.forEach(({ name, kind }, community) => {
    const own = buildings.filter((building) => building.community === community)
    // A village has its own house for it; a community of the town takes two shop fronts.
    const house = own.find((b) => b.name.endsWith('党群服务中心')) ?? own.find((b) => b.kind === 'shop') ?? own[0]
    out.push(makeStation('community_station', community, `${name.replace(/村$/, '')}党群服务站`, kind === 'urban' ? 800 : 200, house))
  })
  compounds.forEach((compound, k) => {
    const first = buildings.find((building) => building.compound === k)
    if (first && compound.status !== 'unmanaged') {
      out.push(makeStation('compound_point', compound.community, `${compound.name}党群联络点`, 300, first))
    }
  })
  buildings.forEach((building) => {
    if (building.compound < 0 || building.households < 30 || !random.chance(0.3)) return
    out.push(makeStation('stairwell_contact', building.community, `${compounds[building.compound].name}${building.name}联络员`, 40, building))
  })
  return out
}

/** Level three: a home of the grid (网格党群之家) for two grids in three; the rest still share their neighbour's. */
export function placeGridHomes(street: StreetData, cut: LandCut, plan: GridPlan): StationData[] {
  const first = new Map<number, number>()
  street.buildings.forEach(({ kind }, k) => {
    const grid = plan.cellGrid[cut.buildingCell[k]]
    if (grid === undefined || (first.has(grid) && !(kind === 'shop' && street.buildings[first.get(grid)!].kind !== 'shop'))) return
    first.set(grid, k)
  })
  return plan.grids.flatMap(({ community, name }, grid) => {
    const building = first.get(grid)
    if (building === undefined || grid % 3 === 2) return []
    return [makeStation('grid_home', community, `${name}党群之家`, 400, street.buildings[building])]
  })
}

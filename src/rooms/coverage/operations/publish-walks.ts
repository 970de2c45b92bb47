import { bringOnto, type AccessGround } from '@/algorithms/routing/access-ground'
import { measureAccess } from '@/algorithms/routing/measure-access'
import { STATION_LEVELS, type BuildingAccess } from '@/core/coverage/coverage-scope'
import type { SitedStation } from '@/core/coverage/siting'
import { toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { PublishedAccess } from '../siting-repository'
import { joinSnaps } from './site-rows'

/**
 * Walks of all buildings with the sites of a scenario among the stations: the k-th site is station −k, from 1.
 * @param accessLimitM longest way to a street by community index, metres
 */
export function publishWalks(
  sites: readonly Pick<SitedStation, 'at' | 'level' | 'community'>[], ground: AccessGround, scope: Pick<Scope, 'land' | 'stations' | 'buildings' | 'communities'>,
  { revisions }: Pick<BuildingAccess, 'revisions'>, accessLimitM: (community: number) => number,
): PublishedAccess {
  const sited = bringOnto(ground.graph, {
    xyM: Float64Array.from(sites.flatMap(({ at }) => toMetres(scope.land.frame, at))),
    limitM: Float64Array.from(sites, ({ community }) => accessLimitM(community)),
  })
  const level = Uint8Array.from([...scope.stations, ...sites], (one) => STATION_LEVELS.indexOf(one.level))
  const walks = measureAccess({ ...ground, stations: joinSnaps(ground.stations, sited) }, level, STATION_LEVELS.length)
  const { stations } = scope
  return {
    communities: scope.communities.map(({ id }) => id),
    revisions: [...revisions],
    building: scope.buildings.ids,
    accessCm: walks.accessCm,
    walkCm: walks.walkCm,
    stationIds: walks.station.map((at) => (at < 0 ? 0 : at < stations.length ? stations[at].id : stations.length - at - 1)),
  }
}

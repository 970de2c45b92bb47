import type { PatrolPlan, PatrolRoute } from '@/core/patrol/patrol-scope'
import { computed } from 'vue'
import { measureStreets } from '../operations/cut-stretch'
import { routeLine, routeRows, type RouteRow } from '../operations/route-rows'
import { useRoom } from './use-room'

/** Lists and lines of routes, of the streets as they are. */
export function useRoutes() {
  const { store, t } = useRoom()
  const streets = computed(() => (store.scope ? measureStreets(store.scope) : new Map()))
  const names = computed(() => new Map(store.scope?.streets.map(({ id, name, class: highway }) => [id, { name, highway }]) ?? []))
  const rowsOf = (plan: PatrolPlan, route: PatrolRoute): RouteRow[] =>
    store.scope ? routeRows(route, plan, store.patrolScope?.checkpoints ?? [], streets.value, store.scope.land.frame) : []
  const lineOf = (route: PatrolRoute): [number, number][] => routeLine(route, streets.value)
  /** Name of a way; without one, what kind of way it is. */
  function streetName(streetId: number): string {
    const street = names.value.get(streetId)
    if (!street) return t('route.gap')
    return street.name || t(['footway', 'path', 'steps', 'pedestrian'].includes(street.highway) ? 'route.path' : 'route.lane')
  }
  return { rowsOf, lineOf, streetName }
}

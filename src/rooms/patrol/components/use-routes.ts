import type { RouteStep } from '@/core/patrol/patrol'
import type { PatrolPlan, PatrolRoute } from '@/core/patrol/patrol-scope'
import { computed } from 'vue'
import { placesOf } from '../operations/cut-stretch'
import { placeName } from '../operations/name-place'
import { routeLine } from '../operations/route-line'
import { routeRows, type RouteRow } from '../operations/route-rows'
import { useRoom } from './use-room'

/** Lists and lines of routes, of the streets as they are. */
export function useRoutes() {
  const { store, t } = useRoom()
  const names = computed(() => new Map(store.scope?.streets.map(({ id, name, class: highway }) => [id, { name, highway }]) ?? []))
  const rowsOf = (plan: PatrolPlan, route: PatrolRoute): RouteRow[] =>
    store.scope ? routeRows(route, plan, store.patrolScope?.checkpoints ?? [], store.measured, store.scope.land.frame) : []
  /** x, y by point, metres. */
  function lineOf(route: PatrolRoute): [number, number][] {
    const { xyM } = routeLine(route, store.measured)
    return Array.from({ length: xyM.length / 2 }, (_, k) => [xyM[2 * k], xyM[2 * k + 1]])
  }
  const known = new Map<string, string>()
  /** Name of a way; without one, what kind of way it is and where. */
  function streetName(step: RouteStep): string {
    const street = names.value.get(step.streetId)
    if (!street) return t('route.gap')
    if (street.name) return street.name
    const key = `${step.streetId} ${step.fromCm}`
    const before = known.get(key)
    if (before !== undefined) return before
    const made = unnamed(step, t(['footway', 'path', 'steps', 'pedestrian'].includes(street.highway) ? 'route.path' : 'route.lane'))
    known.set(key, made)
    return made
  }
  function unnamed(step: RouteStep, kind: string): string {
    const { scope, measured } = store
    const places = scope ? placesOf(step, measured, scope.land.frame) : []
    const { name, isInside } = scope && places.length > 0 ? placeName(scope, middle(places)) : { name: '', isInside: false }
    return name ? t(isInside ? 'route.within' : 'route.near', { place: name, kind }) : kind
  }
  return { rowsOf, lineOf, streetName }
}

/** The middle of the piece in the middle of a line. */
function middle(places: readonly (readonly [number, number])[]): [number, number] {
  const k = Math.max(1, places.length >> 1)
  return [(places[k - 1][0] + places[k][0]) / 2, (places[k - 1][1] + places[k][1]) / 2]
}

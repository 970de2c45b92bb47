import { homeUnit } from '@/core/unit-names'
import type { Workspace } from '@/core/workspace'
import { onScopeDispose, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { PERIODS } from '../operations/figures'
import { MEASURES } from '../operations/measures'
import { leads, topUnitOf, useOverviewStore } from '../store'

const KEYS = ['of', 'period', 'by'] as const
type Key = (typeof KEYS)[number]

/**
 * Keep unit, period and measure in the address, so that a link restores them and back goes back; and follow the units of the top
 * bar. Without a unit in the address the figures are those of the highest unit one leads.
 */
export function useOverviewAddress(workspace: Workspace): void {
  const store = useOverviewStore()
  const route = useRoute()
  const router = useRouter()
  const { name: room } = route
  const text = (key: Key): string | null => {
    const value = route.query[key]
    return (Array.isArray(value) ? value[0] : value) ?? null
  }
  const home = (): number | null => topUnitOf(workspace.session.get()?.posts ?? [])

  function read(): void {
    store.unitId = Number(text('of')) || home()
    store.period = PERIODS.find((period) => period === text('period')) ?? 'month'
    store.measure = MEASURES.find((measure) => measure === text('by')) ?? 'visited'
  }
  function write(replace: boolean): void {
    if (route.name !== room) return
    const next: Record<Key, string | undefined> = {
      of: store.unitId === home() ? undefined : String(store.unitId),
      period: store.period === 'month' ? undefined : store.period,
      by: store.measure === 'visited' ? undefined : store.measure,
    }
    if (KEYS.every((key) => (next[key] ?? null) === text(key))) return
    void router[replace ? 'replace' : 'push']({ path: route.path, query: { ...route.query, ...next } })
  }

  if (KEYS.some((key) => text(key) !== null) || store.unitId === null) read()
  else write(true)
  watch([() => store.unitId, () => store.period], () => {
    write(isFallback)
    isFallback = false
    void store.load()
  })
  // A unit one does not lead has no figures for one: those of the own are told instead.
  let isFallback = false
  watch(() => store.failure, (failure) => {
    if (failure?.code !== 'not_allowed' || home() === null || store.unitId === home()) return
    isFallback = true
    store.unitId = home()
  })
  watch(() => store.measure, () => write(true))
  const ends = [
    router.afterEach((to, _from, failure) => {
      if (!failure && to.name === room) read()
    }),
    workspace.focusUnitId.subscribe((unit, former) => {
      const scope = workspace.scope.get()
      // Where it comes from the address, or is where looking begins, nobody chose it here.
      const told = Number(route.query.unit) || (scope && homeUnit(scope)?.id)
      if (!scope || former === null || unit === told) return
      if (unit !== null && scope.orgUnits.some(({ id, level }) => id === unit && level !== 'party_group') && leads(workspace.session.get()?.posts ?? [], scope.orgUnits, unit)) store.unitId = unit
    }),
    workspace.session.subscribe(() => store.unitId ?? read()),
  ]
  onScopeDispose(() => ends.forEach((end) => end()))
  void store.load()
}

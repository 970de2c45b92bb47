import { reviewCells } from '@/algorithms/topology/review-cut'
import { aimOf, aimsOf } from '@/core/band'
import type { PlanChange, PlanSession } from '@/core/plan-session'
import { computed, ref } from 'vue'
import type { Ground } from './ground'
import { findPlaces, PLACE_KINDS, type FoundPlace, type PlaceKind } from './operations/find-places'

export interface FinderHost {
  ground(): Ground | null
  session(): PlanSession | null
  locateCells(cells: ArrayLike<number>): void
}

/** Looking for what is not right in a plan, kind by kind, place by place. Nothing is looked for before somebody asks. */
export function createFinder(host: FinderHost) {
  const kind = ref<PlaceKind>('unassigned')
  const at = ref(-1)
  /** Counts changes that stand, so that a stroke in the air does not look for places with every cell. */
  const version = ref(0)
  const reviews = new WeakMap<Ground, ReadonlyMap<number, string>>()

  /** Why cells of the street need a person's eye, by id. O(land) once a street. */
  function reviewOf(ground: Ground): ReadonlyMap<number, string> {
    const held = reviews.get(ground)
    if (held) return held
    const { land, cellStats, settings } = ground.scope
    const why = reviewCells(land, cellStats.households, Math.max(settings.urban.upper, settings.rural.upper))
    const found = new Map(why.flatMap((code, cell) => (code === null || code === 'empty' ? [] : [[land.cellIds[cell], code] as const])))
    reviews.set(ground, found)
    return found
  }

  const places = computed<Readonly<Record<PlaceKind, readonly FoundPlace[]>> | null>(() => {
    const session = version.value >= 0 ? host.session() : null
    const ground = host.ground()
    if (!session || !ground) return null
    const question = { session, bandOf: (community: number) => aimOf(session, community), minMembers: aimsOf(session).minMembers, review: reviewOf(ground) }
    return Object.fromEntries(PLACE_KINDS.map((one) => [one, findPlaces(question, one)])) as Record<PlaceKind, FoundPlace[]>
  })
  const found = computed(() => places.value?.[kind.value] ?? [])

  function choose(next: PlaceKind): void {
    kind.value = next
    at.value = -1
  }

  function go(to: number): void {
    if (found.value.length === 0) return
    at.value = ((to % found.value.length) + found.value.length) % found.value.length
    host.locateCells(found.value[at.value].cells)
  }

  function take(change: PlanChange): void {
    if (change.provisional) return
    version.value++
    if (at.value >= found.value.length) at.value = found.value.length - 1
  }

  function showPlan(): void {
    version.value++
    at.value = -1
  }

  return { kind, at, places, found, choose, go, next: () => go(at.value + 1), previous: () => go(at.value < 0 ? -1 : at.value - 1), take, showPlan }
}

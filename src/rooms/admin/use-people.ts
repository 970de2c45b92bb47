import type { Role } from '@/core/workspace'
import { toDataError } from '@/data/errors'
import { useFailureWords } from '@/ui/use-failure-words'
import { useObservable } from '@/ui/use-observable'
import { useWorkspace } from '@/ui/use-workspace'
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { PersonRow, UnitRow } from './model'
import { sortPeople } from './operations/sort-people'
import { unitsBelow } from './operations/units-below'
import { listPeople, listUnits } from './repository'

export interface PeopleInHand {
  readonly people: ShallowRef<readonly PersonRow[]>
  readonly units: ShallowRef<readonly UnitRow[]>
  readonly state: Ref<'loading' | 'ready' | 'failed'>
  readonly failure: Ref<string>
  /** Units the caller administers: theirs are the acts. */
  readonly administered: ComputedRef<ReadonlySet<number>>
  unitName(id: number): string
  load(): Promise<void>
}

/** People, units and what the caller may do with them, read together. */
export function usePeople(): PeopleInHand {
  const session = useObservable(useWorkspace().session)
  const wordsOf = useFailureWords()
  const people = shallowRef<readonly PersonRow[]>([])
  const units = shallowRef<readonly UnitRow[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const failure = ref('')
  const roots = computed(() => (session.value?.posts ?? []).filter((post) => post.role === ADMINISTRATOR).map((post) => post.orgUnitId))
  const administered = computed(() => new Set(roots.value.flatMap((root) => [...unitsBelow(units.value, root)])))
  const names = computed(() => new Map(units.value.map((unit) => [unit.id, unit.name])))

  async function load(): Promise<void> {
    try {
      const [readUnits, readPeople] = await Promise.all([listUnits(), listPeople(roots.value)])
      units.value = readUnits
      people.value = sortPeople(readPeople, readUnits)
      state.value = 'ready'
    } catch (thrown) {
      failure.value = wordsOf(toDataError(thrown))
      state.value = 'failed'
    }
  }
  return { people, units, state, failure, administered, unitName: (id) => names.value.get(id) ?? '', load }
}

const ADMINISTRATOR: Role = 'district_admin'

import { toDataError, type DataError } from '@/data/errors'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { dropKeptList, keepList, readKeptList } from './kept-list'
import { loadMyHouseholds, type MyHouseholds } from './my-households'
import type { Place } from '@/core/places-in-metres'

/** A member's own households, for list, map and inspector: from the server, else as this browser keeps them. */
export const useOwnHouseholds = defineStore('own-households', () => {
  const list = shallowRef<MyHouseholds | null>(null)
  const state = ref<'loading' | 'ready' | 'no_member' | 'failed'>('loading')
  const failure = shallowRef<DataError | null>(null)
  /** When the list on display was kept, where the server did not answer. */
  const keptAt = ref<string | null>(null)
  /** This browser keeps the list. */
  const isKept = ref(false)
  /** Where the person is, once asked for. */
  const here = shallowRef<Place | null>(null)
  /** Household that stands out on the map. */
  const chosenId = ref<number | null>(null)

  async function load(personId: string): Promise<void> {
    if (list.value === null) state.value = 'loading'
    try {
      const answer = await loadMyHouseholds()
      keptAt.value = null
      list.value = answer
      state.value = answer ? 'ready' : 'no_member'
      if (answer) isKept.value = keepList({ personId, at: new Date().toISOString(), list: answer })
      else dropKeptList()
    } catch (thrown) {
      failure.value = toDataError(thrown)
      const kept = failure.value.code === 'server_down' ? readKeptList(personId) : null
      if (kept) {
        list.value = kept.list
        keptAt.value = kept.at
        state.value = 'ready'
      } else if (list.value === null) state.value = 'failed'
    }
  }

  return { list, state, failure, keptAt, isKept, here, chosenId, load }
})

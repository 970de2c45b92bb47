import { toDataError, type DataError } from '@/data/errors'
import { useObservable } from '@/ui/use-observable'
import { useWorkspace } from '@/ui/use-workspace'
import { onMounted, onScopeDispose, ref, shallowRef } from 'vue'
import { dropKeptList, keepList, readKeptList } from './kept-list'
import { loadMyHouseholds, type MyHouseholds } from './my-households'

/** The own list: from the server, else as this browser keeps it; asked for anew when the network comes back. */
export function useOwnList() {
  const session = useObservable(useWorkspace().session)
  const list = shallowRef<MyHouseholds | null>(null)
  const state = ref<'loading' | 'ready' | 'no_member' | 'failed'>('loading')
  const failure = shallowRef<DataError | null>(null)
  /** When the list on display was kept, where the server did not answer. */
  const keptAt = ref<string | null>(null)
  /** This browser keeps the list. */
  const isKept = ref(false)

  async function load(): Promise<void> {
    const personId = session.value?.personId ?? ''
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

  const again = () => void load()
  onMounted(() => {
    addEventListener('online', again)
    void load()
  })
  onScopeDispose(() => removeEventListener('online', again))
  return { list, state, failure, keptAt, isKept, load }
}

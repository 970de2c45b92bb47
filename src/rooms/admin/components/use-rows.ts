import { toDataError } from '@/data/errors'
import { useFailureWords } from '@/ui/use-failure-words'
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

export interface RowsInHand<T> {
  readonly rows: ShallowRef<readonly T[]>
  readonly state: Ref<'loading' | 'ready' | 'failed'>
  readonly failure: Ref<string>
  load(): Promise<void>
}

/** Rows asked from the server, with words for each state. */
export function useRows<T>(ask: () => Promise<readonly T[]>): RowsInHand<T> {
  const rows = shallowRef<readonly T[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const failure = ref('')
  const wordsOf = useFailureWords()
  return {
    rows,
    state,
    failure,
    async load() {
      state.value = 'loading'
      try {
        rows.value = await ask()
        state.value = 'ready'
      } catch (thrown) {
        failure.value = wordsOf(toDataError(thrown))
        state.value = 'failed'
      }
    },
  }
}

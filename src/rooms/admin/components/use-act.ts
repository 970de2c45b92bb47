import { toDataError } from '@/data/errors'
import { useFailureWords } from '@/ui/use-failure-words'
import { ref, type Ref } from 'vue'

export interface ActInHand {
  readonly busy: Ref<boolean>
  /** Why the last act was refused, in words; blank after one that was done. */
  readonly failure: Ref<string>
  /** Do it once; false when it was refused. */
  run(act: () => Promise<unknown>): Promise<boolean>
}

/** An act whose refusal is said where it was asked for; `onStale` reads again what somebody else changed. */
export function useAct(onStale: () => unknown = () => undefined): ActInHand {
  const wordsOf = useFailureWords()
  const busy = ref(false)
  const failure = ref('')
  return {
    busy,
    failure,
    async run(act) {
      if (busy.value) return false
      busy.value = true
      failure.value = ''
      try {
        await act()
        return true
      } catch (thrown) {
        const error = toDataError(thrown)
        failure.value = wordsOf(error)
        // The refusal stands whether or not what changed can be read.
        if (error.code === 'stale') await Promise.resolve(onStale()).catch(() => undefined)
        return false
      } finally {
        busy.value = false
      }
    },
  }
}

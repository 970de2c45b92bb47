import type { IssueAct } from '@/core/issues/issue'
import { toDataError, type DataError } from '@/data/errors'
import { ref, shallowRef } from 'vue'
import { actOnIssue, linkIssues, loadIssueDetail, type ActInput, type IssueDetail, type IssueSlip } from './repository'

interface WorkingHost {
  /** A slip is as an act left it. */
  patch(slip: IssueSlip): void
  /** Words of a failure of the server. */
  wordsOf(error: DataError): string
  notify(tone: 'success' | 'warning', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** Somebody acted first: who, what, when. */
export interface StaleSlip {
  readonly by: string
  readonly act: string
  readonly at: string
}

/** The slip in hand: its whole record, the act that is asked about, and doing it on what was seen. */
export function createWorking(host: WorkingHost) {
  const issueId = ref<number | null>(null)
  const detail = shallowRef<IssueDetail | null>(null)
  const reading = ref<'none' | 'loading' | 'ready' | 'failed'>('none')
  /** The act whose form is open. */
  const asked = ref<IssueAct | null>(null)
  /** The slip that the one in hand is to be a duplicate of, as chosen among those near by. */
  const duplicateOf = ref<number | null>(null)
  const busy = ref(false)
  const failure = ref('')
  /** Somebody acted since the slip was read; what was typed stays. */
  const stale = shallowRef<StaleSlip | null>(null)

  /** The reading of the slip in hand that began last. */
  let reads: Promise<void> = Promise.resolve()

  /** Show another slip, or none. True once this very slip is in hand and read; false where reading failed or another was opened meanwhile. */
  async function open(next: number | null): Promise<boolean> {
    if (next !== issueId.value || reading.value === 'failed') {
      issueId.value = next
      detail.value = null
      asked.value = null
      failure.value = ''
      stale.value = null
      reading.value = 'none'
      if (next !== null) reads = read()
    }
    await reads
    return next !== null && issueId.value === next && reading.value === 'ready'
  }

  /** Read the record of the slip in hand anew. */
  async function read(): Promise<void> {
    const id = issueId.value
    if (id === null) return
    if (!detail.value) reading.value = 'loading'
    try {
      const found = await loadIssueDetail(id)
      if (issueId.value !== id) return
      detail.value = found
      reading.value = 'ready'
      host.patch(found.issue)
    } catch (thrown) {
      if (issueId.value !== id) return
      reading.value = 'failed'
      failure.value = host.wordsOf(toDataError(thrown))
    }
  }

  function ask(act: IssueAct | null, originalId: number | null = null): void {
    asked.value = act
    duplicateOf.value = originalId
    failure.value = ''
    stale.value = null
  }

  /** True once it is done; else `failure` or `stale` says why not. */
  async function act(which: IssueAct, input: ActInput): Promise<boolean> {
    const seen = detail.value?.issue
    if (!seen || busy.value) return false
    busy.value = true
    failure.value = ''
    stale.value = null
    try {
      const slip = await actOnIssue(seen.id, which, input, seen.revision)
      host.patch(slip)
      host.notify('success', `done.${which}`, { number: slip.number })
      if (issueId.value === slip.id) {
        asked.value = null
        await read()
      }
      return true
    } catch (thrown) {
      // Another slip is in hand by now: what is said of this one must not stand under that.
      if (issueId.value !== seen.id) {
        host.fail(thrown)
        return false
      }
      const error = toDataError(thrown)
      if (error.code === 'issue_stale') {
        stale.value = { by: String(error.detail.by ?? ''), act: String(error.detail.act ?? ''), at: String(error.detail.at ?? '') }
      } else {
        failure.value = host.wordsOf(error)
        // Somebody was quicker: what may be done now is another.
        if (error.code === 'issue_taken') asked.value = null
      }
      await read()
      return false
    } finally {
      busy.value = false
    }
  }

  /** Link the slip in hand with another, or take the link away. */
  async function link(otherId: number, kind: 'related' | 'none'): Promise<void> {
    const seen = detail.value?.issue
    if (!seen || busy.value) return
    busy.value = true
    try {
      await linkIssues(seen.id, otherId, kind)
      await read()
    } catch (thrown) {
      host.fail(thrown)
    } finally {
      busy.value = false
    }
  }

  return {
    issueId, detail, reading, asked, busy, failure, stale, open, read, ask, act, link, duplicateOf,
    askDuplicate: (originalId: number) => ask('mark_duplicate', originalId),
  }
}

import type { PlanSession } from '@/core/plan-session'
import { toDataError, type DataError } from '@/data/errors'
import { computed, ref, shallowRef } from 'vue'
import type { OpenDraft } from './model'
import { recordDifference } from './operations/record-difference'
import {
  approvePlan, commentPlan, loadPapers, loadSnapshot, returnPlan, saveRule, submitPlan, takeSnapshot, type PlanPapers, type PlanRule, type PlanSnapshot,
} from './papers-repository'
import { loadPlan, type PlanRecord } from './repository'

export interface PapersHost {
  draft(): OpenDraft | null
  session(): PlanSession | null
  revision(): number
  /** Save first; false when that did not work. */
  save(): Promise<boolean>
  /** Show a plan as it was. */
  lookAt(record: PlanRecord, name: string): void
  /** The list of drafts shows stages. */
  refresh(): Promise<void>
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** Why the open draft rests: it was submitted; it is of some communities only, and who looks may redesign the whole land. */
export type Rest = 'submitted' | 'limited'

/** The papers of the open draft: where it stands, what was said, what it was; and the acts on them. */
export function createPapers(host: PapersHost) {
  const papers = shallowRef<PlanPapers | null>(null)
  const busy = ref(false)
  const failure = shallowRef<DataError | null>(null)

  const rest = computed<Rest | null>(() => {
    const now = papers.value
    if (now?.stage === 'submitted') return 'submitted'
    return now?.communityIds && now.mayDecide ? 'limited' : null
  })

  /** Read them anew; of another draft than before they are gone until they are there. */
  async function read(): Promise<void> {
    const open = host.draft()
    if (papers.value?.planId !== open?.planId) papers.value = null
    failure.value = null
    if (!open) return
    try {
      const found = await loadPapers(open.planId)
      if (host.draft()?.planId === open.planId) papers.value = found
    } catch (thrown) {
      if (host.draft()?.planId === open.planId) failure.value = toDataError(thrown)
    }
  }

  /** Do one thing with the draft as the server has it, then read what became of it. True when it was done. */
  async function act(run: (open: OpenDraft, revision: number) => Promise<unknown>, done?: { key: string; values?: Record<string, string | number> }): Promise<boolean> {
    const open = host.draft()
    if (!open || busy.value) return false
    busy.value = true
    try {
      if (!(await host.save())) return false
      await run(open, host.revision())
      if (done) host.notify('success', done.key, done.values)
      return true
    } catch (thrown) {
      host.fail(thrown)
      return false
    } finally {
      await read()
      await host.refresh()
      busy.value = false
    }
  }

  const named = (key: string) => ({ key, values: { number: host.draft()?.number ?? 0 } })
  const submit = (comment: string) => act((open, revision) => submitPlan(open.planId, revision, comment), named('papers.submitted'))
  const approve = (comment: string) => act((open, revision) => approvePlan(open.planId, revision, comment), named('papers.approved'))
  const giveBack = (comment: string) =>
    act((open) => returnPlan(open.planId, comment), named(papers.value?.isMine ? 'papers.withdrawn' : 'papers.returned'))
  const comment = (text: string, gridId: string | null) => act((open) => commentPlan(open.planId, gridId, text))
  const keep = (name: string) => act((open, revision) => takeSnapshot(open.planId, revision, name), { key: 'papers.kept', values: { name } })
  const rule = (next: PlanRule) =>
    act(() => saveRule(papers.value!.rule.orgUnitId, next, papers.value!.rule.revision), { key: 'papers.ruled' })

  /** Go back to a snapshot: one edit of the draft, which can be undone. */
  const restore = (snapshot: PlanSnapshot, name: string) =>
    act(async (open) => {
      const [now, then] = await Promise.all([loadPlan(open.planId), loadSnapshot(snapshot.id)])
      const session = host.session()
      if (!session || host.draft()?.planId !== open.planId) return
      const delta = recordDifference(now, then)
      if (delta.cells.length + delta.grids.length === 0 && !delta.land && !delta.links && !delta.notes && !delta.settings) {
        return host.notify('success', 'papers.same', { name })
      }
      const applied = session.apply(delta, { key: 'redesign.note.restored', values: { name } })
      if (applied.ok) host.notify('success', 'papers.restored', { name })
      else host.notify('error', 'papers.restoreRefused', { name })
    })

  /** Put a snapshot on display; nothing is changed. */
  async function look(snapshot: PlanSnapshot, name: string): Promise<void> {
    try {
      host.lookAt(await loadSnapshot(snapshot.id), name)
    } catch (thrown) {
      host.fail(thrown)
    }
  }

  return { look, papers, busy, failure, rest, read, submit, approve, giveBack, comment, keep, restore, rule }
}

export type Papers = ReturnType<typeof createPapers>

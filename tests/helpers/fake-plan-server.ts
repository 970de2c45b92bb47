import { DataError } from '@/data/errors'
import type { Finding } from '@/core/plan'
import type { Scope } from '@/core/scope'
import type * as repository from '@/rooms/redesign/repository'

interface StoredPlan {
  planId: string
  number: number
  title: string
  revision: number
  base: { revision: number; grids: readonly unknown[]; cellGrid: (string | null)[] }
  log: repository.SavedEdit[]
}

/** Drafts of one street in memory, with the answers of the true server: revisions, stale saves, copies. */
export function makeFakePlanServer(scope: Scope) {
  const plans = new Map<string, StoredPlan>()
  const grids = scope.current.grids.map((grid) => ({
    id: grid.id,
    code: grid.code,
    name: grid.name,
    communityId: scope.communities[grid.community].id,
    kind: grid.kind,
    locked: grid.locked,
  }))
  const cellIds = Array.from(scope.land.cellIds)
  let fail: DataError | null = null
  let findings: Finding[] = []
  let who = '张*'

  const state = {
    plans,
    /** Every call fails with this until it is set to null. */
    failWith: (error: DataError | null) => (fail = error),
    findings: (found: Finding[]) => (findings = found),
    as: (name: string) => (who = name),
  }

  const guard = () => {
    if (fail) throw fail
  }
  const plan = (id: string) => {
    const found = plans.get(id)
    if (!found) throw new DataError('not_found', 'not_found')
    return found
  }
  const columnAt = (of: StoredPlan, revision: number) => {
    const column = new Map(cellIds.map((id, k) => [id, of.base.cellGrid[k]]))
    for (const edit of of.log) if (edit.revision <= revision) for (const { cell, to } of edit.delta.cells) column.set(cell, to)
    return cellIds.map((id) => column.get(id)!)
  }
  const add = (title: string, cellGrid: (string | null)[]) => {
    const number = plans.size + 1
    const made: StoredPlan = { planId: `plan-${number}`, number, title, revision: 0, base: { revision: 0, grids, cellGrid }, log: [] }
    plans.set(made.planId, made)
    return made
  }

  const calls: typeof repository = {
    findEditionNumber: async () => scope.current.number,
    async listDrafts(landId) {
      guard()
      return [...plans.values()].map((one) => ({
        planId: one.planId, landId, number: one.number, title: one.title, revision: one.revision, updatedAt: '2026-11-21T08:00:00Z', baseEditionId: scope.current.id, stage: 'drafting', communityIds: null,
      }))
    },
    async openDraft(_landId, title) {
      guard()
      const made = add(title, Array.from(scope.current.cellGrid, (slot) => grids[slot]?.id ?? null))
      return { planId: made.planId, number: made.number, revision: 0 }
    },
    async loadPlan(planId) {
      guard()
      const one = plan(planId)
      const place = new Map(grids.map((grid, k) => [grid.id, k]))
      return {
        planId, landId: scope.landId, number: one.number, title: one.title, status: 'draft', revision: one.revision, baseEditionId: scope.current.id, grids,
        cellIds, cellGrid: columnAt(one, one.revision).map((id) => (id === null ? -1 : place.get(id)!)), createdBy: who, updatedAt: '2026-11-21T08:00:00Z',
      }
    },
    async loadEdition(_landId, number) {
      guard()
      return { id: 9, number, validFrom: '2025-01-01T00:00:00Z', validTo: '2026-01-01T00:00:00Z', grids, cellIds, cellGrid: cellIds.map(() => 0), note: null, publishedBy: null }
    },
    async saveDraft(planId, baseRevision, edits) {
      guard()
      const one = plan(planId)
      if (one.revision !== baseRevision) {
        const last = one.log[one.log.length - 1]
        throw new DataError('plan_stale', 'plan_stale', { serverRevision: one.revision, by: last.by, at: last.at })
      }
      one.revision++
      edits.forEach((edit, seq) => one.log.push({ ...edit, revision: one.revision, seq, by: who, at: '2026-11-21T09:00:00Z' }))
      return { revision: one.revision }
    },
    async copyDraft(planId, title, atRevision, edits) {
      guard()
      const made = add(title, columnAt(plan(planId), atRevision))
      if (edits.length > 0) await calls.saveDraft(made.planId, 0, edits)
      return { planId: made.planId, number: made.number, revision: made.revision }
    },
    async loadEditsSince(planId, revision) {
      guard()
      return plan(planId).log.filter((edit) => edit.revision > revision)
    },
    async checkOnServer() {
      guard()
      return findings
    },
    async publish(planId, _revision, waivers) {
      guard()
      const left = findings.filter((found) => found.severity === 'error' && !waivers.some((waiver) => waiver.code === found.code))
      if (left.length > 0) return { published: false, findings: left }
      plans.delete(planId)
      return { published: true, editionNumber: 2 }
    },
    async discardDraft(planId) {
      guard()
      plans.delete(planId)
      return { discarded: true }
    },
    async loadHistory() {
      guard()
      return []
    },
  }
  return { calls, state }
}

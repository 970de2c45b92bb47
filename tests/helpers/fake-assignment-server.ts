import type { AssignmentFinding } from '@/core/assignment/assignment-plan'
import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import type { AssignmentEdit } from '@/core/assignment/assignment-session'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import { DataError } from '@/data/errors'
import type * as repository from '@/rooms/assignment/repository'
import { openSession } from '@/rooms/assignment/views'
import { contactScope, type ContactWorld } from './contact-world'

interface StoredPlan {
  readonly planId: string
  readonly number: number
  readonly title: string
  readonly orgUnitId: number
  readonly from: readonly AssignmentEdit[]
  readonly log: repository.SavedEdit[]
  revision: number
}

/** Drafts of a made-up street in memory, with the answers of the true server: revisions, stale saves, copies, publications. */
export function makeFakeAssignmentServer(world: ContactWorld) {
  const plans = new Map<string, StoredPlan>()
  const published: { planId: string; waivers: readonly { code: string; reason: string }[] }[] = []
  let fail: DataError | null = null
  let findings: readonly AssignmentFinding[] = []
  let who = '张*'
  /** Communities with an edition that drafts do not stand on. */
  let moved: readonly number[] = []

  const guard = () => {
    if (fail) throw fail
  }
  function plan(id: string): StoredPlan {
    const found = plans.get(id)
    if (!found) throw new DataError('plan_unknown', 'plan_unknown')
    return found
  }
  function add(title: string, orgUnitId: number, from: readonly AssignmentEdit[]): StoredPlan {
    const number = plans.size + 1
    const made: StoredPlan = { planId: `plan-${number}`, number, title, orgUnitId, from, log: [], revision: 0 }
    plans.set(made.planId, made)
    return made
  }
  const at = '2026-11-21T08:00:00Z'

  const calls: typeof repository = {
    loadAssignmentScope: async () => world.scope,
    async listDrafts(landId) {
      guard()
      return [...plans.values()].map(({ planId, number, title, orgUnitId, revision }) => ({ planId, landId, orgUnitId, communityIds: world.communities.map(({ id }) => id), number, title, revision, updatedAt: at }))
    },
    async openDraft(orgUnitId, title) {
      guard()
      const { planId, number } = add(title, orgUnitId, [])
      return { planId, number, revision: 0 }
    },
    async loadPlan(scope: AssignmentScope, planId) {
      guard()
      const one = plan(planId)
      const document = makeAssignmentDocument(scope, { planId, orgUnitId: one.orgUnitId, revision: 0 })
      const session = openSession({ scope: contactScope(world), assignmentScope: scope }, document)
      for (const { delta, note } of [...one.from, ...one.log]) session.apply(delta, note)
      document.revision = one.revision
      const communityIds = world.communities.map(({ id }) => id)
      return {
        planId, landId: 1, orgUnitId: one.orgUnitId, number: one.number, title: one.title, status: 'draft', revision: one.revision, createdBy: who, updatedAt: at, waivers: [],
        communityIds, document, bases: communityIds.map((communityId) => ({ communityId, number: 1, inForce: moved.includes(communityId) ? 2 : 1, at, by: null })),
      }
    },
    async loadEdition(_ground, communityId, number) {
      guard()
      const document = makeAssignmentDocument(world.scope, { planId: `edition-${number}`, orgUnitId: communityId, revision: 0 })
      document.householdMember.fill(-1)
      return document
    },
    async saveDraft(planId, baseRevision, edits) {
      guard()
      const one = plan(planId)
      if (one.revision !== baseRevision) {
        const last = one.log[one.log.length - 1]
        throw new DataError('plan_stale', 'plan_stale', { serverRevision: one.revision, by: last.by, at: last.at })
      }
      one.revision++
      edits.forEach((edit, seq) => one.log.push({ ...edit, revision: one.revision, seq, by: who, at }))
      return { revision: one.revision }
    },
    async copyDraft(planId, title, atRevision, edits) {
      guard()
      const one = plan(planId)
      const made = add(title, one.orgUnitId, [...one.from, ...one.log.filter((edit) => edit.revision <= atRevision)])
      if (edits.length > 0) await calls.saveDraft(made.planId, 0, edits)
      return { planId: made.planId, number: made.number, revision: made.revision }
    },
    async rebaseDraft(planId) {
      guard()
      moved = []
      return { revision: plan(planId).revision }
    },
    async loadEditsSince(planId, revision) {
      guard()
      return plan(planId).log.filter((edit) => edit.revision > revision)
    },
    async checkOnServer() {
      guard()
      return [...findings]
    },
    async publish(planId, _revision, waivers) {
      guard()
      const left = findings.filter((found) => found.severity === 'error' && !waivers.some((waiver) => waiver.code === found.code))
      if (left.length > 0) return { published: false, findings: left }
      published.push({ planId, waivers })
      plans.delete(planId)
      return { published: true, editions: world.communities.map(({ id }) => ({ communityId: id, number: 2, changedHouseholds: 1, changedCare: 0, changedTerms: 0 })), drafts: [] }
    },
    async discardDraft(planId) {
      guard()
      plans.delete(planId)
      return { discarded: true }
    },
    async loadHistory() {
      guard()
      return [{ at, by: who, action: 'published', planId: 'plan-0', planNumber: 1, planTitle: '第一次', editionNumber: 1, note: null, communities: 1, households: 5 }]
    },
  }
  return {
    calls,
    plans,
    published,
    /** Every call fails with this until it is set to null. */
    failWith: (error: DataError | null) => (fail = error),
    findings: (found: readonly AssignmentFinding[]) => (findings = found),
    as: (name: string) => (who = name),
    move: (communityIds: readonly number[]) => (moved = communityIds),
  }
}

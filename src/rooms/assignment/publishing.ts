import { WAIVABLE_ASSIGNMENT_FINDINGS, type AssignmentFinding } from '@/core/assignment/assignment-plan'
import type { AssignmentWaiver } from '@/core/assignment/find-assignment-findings'
import { toDataError, type DataError } from '@/data/errors'
import { createPublication } from '@/ui/drafting/publication'
import type { StaleDraft } from '@/ui/drafting/stale-choice'
import { checkOnServer, publish, type Published } from './repository'

interface PublishingHost {
  draft(): { planId: string } | null
  revision(): number
  /** Save first; false when that did not work. */
  save(): Promise<boolean>
  /** Number of communities with a new edition. */
  onPublished(editions: number): Promise<void>
  onStale(stale: StaleDraft): void
}

/** A finding is about one community, or about one member. */
export const findingKey = ({ code, values, memberIds }: AssignmentFinding): string => `${code} ${values.communityId ?? memberIds[0] ?? ''}`

/** Steps of publication of an assignment. */
export const createPublishing = (host: PublishingHost) =>
  createPublication<AssignmentFinding, AssignmentWaiver, Published, DataError>({
    ...host,
    check: checkOnServer,
    publish,
    waivable: WAIVABLE_ASSIGNMENT_FINDINGS,
    keyOf: findingKey,
    waiverOf: (finding, reason) => ({
      code: finding.code,
      communityId: 'communityId' in finding.values ? Number(finding.values.communityId) : null,
      memberId: 'communityId' in finding.values ? null : finding.memberIds[0],
      reason,
    }),
    toFailure: toDataError,
    onFindings: () => undefined,
    onPublished: ({ editions }) => host.onPublished(editions.length),
    onStale: (error) => host.onStale(error.detail as unknown as StaleDraft),
  })

import type { Finding } from '@/core/plan'
import { WAIVABLE } from '@/core/plan'
import { type DataError, toDataError } from '@/data/errors'
import { createPublication } from '@/ui/drafting/publication'
import { waiverKey, type Waiver } from './model'
import { checkOnServer, publish } from './repository'

export interface PublishingHost {
  draft(): { planId: string } | null
  revision(): number
  /** Save first; false when that did not work. */
  save(): Promise<boolean>
  onFindings(findings: readonly Finding[]): void
  onPublished(editionNumber: number): Promise<void>
  onStale(error: DataError): void
}

/** Steps of publication of a grid plan. A compound that is parted is waived once, whatever grids it lies in. */
export const createPublishing = (host: PublishingHost) =>
  createPublication<Finding, Waiver, { readonly editionNumber: number }, DataError>({
    ...host,
    check: checkOnServer,
    publish,
    waivable: WAIVABLE,
    keyOf: waiverKey,
    waiverOf: (finding, reason) => ({
      code: finding.code,
      gridId: finding.code === 'compound_split' ? null : (finding.gridIds[0] ?? null),
      compoundId: finding.code === 'compound_split' ? Number(finding.values.compoundId) : null,
      reason,
    }),
    toFailure: toDataError,
    onPublished: ({ editionNumber }) => host.onPublished(editionNumber),
  })

import type { Finding } from '@/core/plan'
import { WAIVABLE } from '@/core/plan'
import { type DataError, toDataError } from '@/data/errors'
import { computed, reactive, ref, shallowRef } from 'vue'
import { waiverKey, type Waiver } from './model'
import { checkOnServer, publish } from './repository'

export type PublishStep = 'closed' | 'checking' | 'review' | 'publishing' | 'outdated' | 'failed'

/** Characters a reason must have at least. */
export const REASON_LENGTH = 4

export interface PublishingHost {
  draft(): { planId: string } | null
  revision(): number
  /** Save first; false when that did not work. */
  save(): Promise<boolean>
  onFindings(findings: readonly Finding[]): void
  onPublished(editionNumber: number): Promise<void>
  onStale(error: DataError): void
}

/** Steps of publication: save, check on the server, reasons for what may be waived, publish. */
export function createPublishing(host: PublishingHost) {
  const step = ref<PublishStep>('closed')
  const findings = shallowRef<readonly Finding[]>([])
  const checkedAt = ref<string | null>(null)
  const refusedCount = ref(0)
  const failure = shallowRef<DataError | null>(null)
  /** Reasons by waiver key. */
  const reasons = reactive(new Map<string, string>())

  const errors = computed(() => findings.value.filter((finding) => finding.severity === 'error'))
  const mustFix = computed(() => errors.value.filter((finding) => !WAIVABLE.includes(finding.code)))
  const mustWaive = computed(() => errors.value.filter((finding) => WAIVABLE.includes(finding.code)))
  const warnings = computed(() => findings.value.filter((finding) => finding.severity === 'warning'))
  const reasonOf = (finding: Finding) => (reasons.get(waiverKey(finding)) ?? '').trim()
  const missingReasons = computed(() => mustWaive.value.filter((finding) => reasonOf(finding).length < REASON_LENGTH).length)
  const canPublish = computed(() => step.value === 'review' && mustFix.value.length === 0 && missingReasons.value === 0)

  async function open(): Promise<void> {
    const draft = host.draft()
    if (!draft) return
    step.value = 'checking'
    refusedCount.value = 0
    failure.value = null
    if (!(await host.save())) {
      step.value = 'closed'
      return
    }
    try {
      take(await checkOnServer(draft.planId))
      step.value = 'review'
    } catch (thrown) {
      fail(toDataError(thrown))
    }
  }

  function take(found: readonly Finding[]): void {
    findings.value = found
    checkedAt.value = new Date().toISOString()
    host.onFindings(found)
  }

  function fail(error: DataError): void {
    failure.value = error
    if (error.code === 'plan_base_outdated') step.value = 'outdated'
    else if (error.code === 'plan_stale') {
      step.value = 'closed'
      host.onStale(error)
    } else step.value = 'failed'
  }

  async function go(): Promise<void> {
    const draft = host.draft()
    if (!draft || !canPublish.value) return
    step.value = 'publishing'
    try {
      const answer = await publish(draft.planId, host.revision(), waivers())
      if (answer.published) {
        step.value = 'closed'
        reasons.clear()
        await host.onPublished(answer.editionNumber)
      } else {
        take(answer.findings)
        refusedCount.value = errors.value.filter((finding) => !finding.waived).length
        step.value = 'review'
      }
    } catch (thrown) {
      fail(toDataError(thrown))
    }
  }

  function waivers(): Waiver[] {
    return mustWaive.value.map((finding) => ({
      code: finding.code,
      gridId: finding.code === 'compound_split' ? null : (finding.gridIds[0] ?? null),
      compoundId: finding.code === 'compound_split' ? Number(finding.values.compoundId) : null,
      reason: reasonOf(finding),
    }))
  }

  function setReason(finding: Finding, reason: string): void {
    reasons.set(waiverKey(finding), reason)
  }

  /** Give every finding of one kind the same reason. */
  function setReasonForAll(code: Finding['code'], reason: string): void {
    for (const finding of mustWaive.value) if (finding.code === code) setReason(finding, reason)
  }

  return {
    step, findings, checkedAt, refusedCount, failure, mustFix, mustWaive, warnings, missingReasons, canPublish,
    reasonOf, setReason, setReasonForAll, open, go,
    close: () => {
      step.value = 'closed'
    },
  }
}

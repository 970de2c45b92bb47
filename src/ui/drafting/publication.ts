import { computed, reactive, ref, shallowRef } from 'vue'

type PublishStep = 'closed' | 'checking' | 'review' | 'publishing' | 'outdated' | 'failed'

/** Characters a reason must have at least. */
export const REASON_LENGTH = 4

interface AnyFinding {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly waived?: boolean
}

interface Failure {
  readonly code: string
  readonly message: string
}

type Answer<Finding, Done> = ({ readonly published: true } & Done) | { readonly published: false; readonly findings: readonly Finding[] }

/** What publication needs of the room. */
interface PublicationHost<Finding extends AnyFinding, Waiver, Done, Refusal extends Failure> {
  draft(): { planId: string } | null
  revision(): number
  /** Save first; false when that did not work. */
  save(): Promise<boolean>
  check(planId: string): Promise<readonly Finding[]>
  publish(planId: string, revision: number, waivers: readonly Waiver[]): Promise<Answer<Finding, Done>>
  /** Codes a reason lets pass. */
  waivable: readonly string[]
  /** Findings with the same key share a reason. */
  keyOf(finding: Finding): string
  waiverOf(finding: Finding, reason: string): Waiver
  toFailure(thrown: unknown): Refusal
  onFindings(findings: readonly Finding[]): void
  onPublished(done: Done): Promise<void>
  onStale(failure: Refusal): void
}

/** Steps of publication: save, check on the server, reasons for what may be waived, publish. */
export function createPublication<Finding extends AnyFinding, Waiver, Done, Refusal extends Failure>(
  host: PublicationHost<Finding, Waiver, Done, Refusal>,
) {
  const step = ref<PublishStep>('closed')
  const findings = shallowRef<readonly Finding[]>([])
  const checkedAt = ref<string | null>(null)
  const refusedCount = ref(0)
  const failure = shallowRef<Refusal | null>(null)
  /** Reasons by the key of their finding. */
  const reasons = reactive(new Map<string, string>())

  const errors = computed(() => findings.value.filter((finding) => finding.severity === 'error'))
  const mustFix = computed(() => errors.value.filter((finding) => !host.waivable.includes(finding.code)))
  const mustWaive = computed(() => errors.value.filter((finding) => host.waivable.includes(finding.code)))
  const warnings = computed(() => findings.value.filter((finding) => finding.severity === 'warning'))
  const reasonOf = (finding: Finding) => (reasons.get(host.keyOf(finding)) ?? '').trim()
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
      take(await host.check(draft.planId))
      step.value = 'review'
    } catch (thrown) {
      fail(host.toFailure(thrown))
    }
  }

  function take(found: readonly Finding[]): void {
    findings.value = found
    checkedAt.value = new Date().toISOString()
    host.onFindings(found)
  }

  function fail(error: Refusal): void {
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
      const waivers = mustWaive.value.map((finding) => host.waiverOf(finding, reasonOf(finding)))
      const answer = await host.publish(draft.planId, host.revision(), waivers)
      if (answer.published) {
        step.value = 'closed'
        reasons.clear()
        await host.onPublished(answer)
      } else {
        take(answer.findings)
        refusedCount.value = errors.value.filter((finding) => !finding.waived).length
        step.value = 'review'
      }
    } catch (thrown) {
      fail(host.toFailure(thrown))
    }
  }

  function setReason(finding: Finding, reason: string): void {
    reasons.set(host.keyOf(finding), reason)
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

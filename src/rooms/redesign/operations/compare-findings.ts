import type { Finding } from '@/core/plan'

/** What an edit did to the findings of a plan. */
export interface FindingChange {
  /** Found before, and no longer. */
  readonly mended: readonly Finding[]
  /** Found now, and not before. */
  readonly broken: readonly Finding[]
}

/** What a finding is about, whatever its figures: the same grid above its limit by less is the same finding. */
export function findingKey({ code, gridIds, values }: Finding): string {
  return `${code}|${gridIds.join()}|${values.compoundId ?? values.communityId ?? values.code ?? ''}`
}

/** Compare findings before and after an edit, each kept in its order. O(findings). */
export function compareFindings(before: readonly Finding[], after: readonly Finding[]): FindingChange {
  const were = new Set(before.map(findingKey))
  const are = new Set(after.map(findingKey))
  return {
    mended: before.filter((finding) => !are.has(findingKey(finding))),
    broken: after.filter((finding) => !were.has(findingKey(finding))),
  }
}

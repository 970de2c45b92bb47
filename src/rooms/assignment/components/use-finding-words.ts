import type { AssignmentFinding } from '@/core/assignment/assignment-plan'
import { formatNumber } from '@/ui/format'
import { useRoom } from './use-room'

/** Findings in words: names instead of ids, figures with thousands separated. */
export function useFindingWords() {
  const { store, t, unitName, memberName } = useRoom()

  function words({ code, values, memberIds }: AssignmentFinding): string {
    const given: Record<string, string | number> = {}
    for (const [key, value] of Object.entries(values)) given[key] = typeof value === 'number' ? formatNumber(value) : value
    given.community = unitName(Number(values.communityId))
    given.member = memberIds.length === 1 ? memberName(store.session?.context.memberIndex.get(memberIds[0]) ?? -1) : ''
    const key = code === 'member_below_min' && values.unit === 'building' ? 'member_below_min_buildings' : code
    return t(`finding.code.${key}`, given)
  }

  return { words }
}

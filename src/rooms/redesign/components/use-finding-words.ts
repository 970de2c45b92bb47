import type { Finding } from '@/core/plan'
import { formatNumber } from '@/ui/format'
import { useRoom } from './use-room'

/** Findings in words: names instead of ids, figures with thousands separated. */
export function useFindingWords() {
  const { store, t } = useRoom()

  function words(finding: Finding): string {
    const values: Record<string, string | number> = {}
    for (const [key, value] of Object.entries(finding.values)) {
      values[key] = typeof value === 'number' && key !== 'communityId' && key !== 'compoundId' ? formatNumber(value) : value
    }
    const scope = store.ground?.scope
    values.grid = finding.gridIds.map((id) => store.gridName(id)).join(' / ')
    values.community = scope?.communities.find((unit) => unit.id === finding.values.communityId)?.name ?? ''
    values.compound = scope?.compounds.find((compound) => compound.id === finding.values.compoundId)?.name ?? ''
    return t(`finding.code.${finding.code}`, values)
  }

  return { words }
}

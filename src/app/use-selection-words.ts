import { isolateText } from '@/core/isolate-text'
import { seesHouseholds } from '@/core/sum-cells'
import type { Selection } from '@/core/workspace'
import { formatArea, formatNumber } from '@/ui/format'
import { useWorkspace } from '@/ui/use-workspace'
import { useI18n } from 'vue-i18n'
import { gridTitle } from '@/core/unit-names'

/** Name of a selectable thing and one line of figures, in the language of the moment. */
export function useSelectionWords(): (selection: Selection) => { title: string; detail: string } | null {
  const workspace = useWorkspace()
  const { t } = useI18n()
  return (selection) => {
    const scope = workspace.scope.get()
    if (!scope) return null
    const community = (index: number): string => isolateText(scope.communities[index]?.name ?? '')
    const known = seesHouseholds(scope)
    const households = (n: number): string => (known ? t('unit.households', { n: formatNumber(n), count: n }) : '')
    const join = (...parts: string[]): string => parts.filter((part) => part !== '').join(' · ')
    switch (selection.kind) {
      case 'building':
      case 'household':
      case 'member': {
        const index = selection.kind === 'building' ? selection.index : selection.buildingIndex
        const { buildings } = scope
        if (index < 0 || index >= buildings.count) return null
        return {
          title: buildings.addresses[index] || buildings.names[index] || t('kind.building'),
          detail: [
            households(buildings.households[index]),
            t('unit.people', { n: formatNumber(buildings.residents[index]), count: buildings.residents[index] }),
            community(buildings.community[index]),
          ].join(' · '),
        }
      }
      case 'grid': {
        const shown = workspace.shownGrids.get()
        const index = shown?.grids.findIndex((grid) => grid?.id === selection.gridId) ?? -1
        const grid = shown?.grids[index]
        if (!shown || !grid) return null
        let sum = 0
        for (let cell = 0; cell < shown.cellGrid.length; cell++) if (shown.cellGrid[cell] === index) sum += (shown.ground ?? scope).cellStats.households[cell]
        return { title: gridTitle(grid, scope), detail: join(households(sum), community(grid.community)) }
      }
      case 'cell': {
        const { cellStats, land } = workspace.shownGrids.get()?.ground ?? scope
        return { title: t('map.cellWithoutGrid'), detail: join(households(cellStats.households[selection.index]), formatArea(land.cellAreaM2[selection.index])) }
      }
      case 'compound':
        return { title: scope.compounds[selection.index].name, detail: t(`compound.${scope.compounds[selection.index].status}`) }
      case 'community':
        return { title: scope.communities.find((unit) => unit.id === selection.orgUnitId)?.name ?? '', detail: t('kind.community') }
      case 'street':
        return { title: scope.streets[selection.index].name || t('kind.street'), detail: t('kind.street') }
      case 'station': {
        const station = scope.stations[selection.index]
        return station ? { title: station.name, detail: t(`station.${station.level}`) } : null
      }
      case 'issue':
        return null
    }
  }
}

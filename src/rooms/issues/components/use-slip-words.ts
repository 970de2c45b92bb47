import { shortUnitName } from '@/core/unit-names'
import { ISSUE_CATEGORIES, ISSUE_LEVELS, ISSUE_OUTCOMES, ISSUE_STATES } from '@/core/issues/issue'
import { formatDate } from '@/ui/format'
import { computed } from 'vue'
import { clockOf, dueOf } from '../operations/due-of'
import { gridNames } from '../operations/figure-rows'
import { useRoom } from './use-room'

/** How a slip reads in lists: by its position in the columns. */
export function useSlipWords() {
  const room = useRoom()
  const { store, t, locale } = room
  const columns = computed(() => store.issueScope?.issues ?? null)
  const grids = computed(() => (store.scope ? gridNames(store.scope) : new Map<string, string>()))

  const dateOf = (atS: number, time = false): string => (atS > 0 ? formatDate(new Date(atS * 1000).toISOString(), locale.value, time) : '')
  const gridName = (gridId: string): string => grids.value.get(gridId) ?? ''
  /** Grid of a slip, else its community. */
  function whereOf(issue: number): string {
    const here = columns.value
    if (!here) return ''
    const community = store.scope?.communities[here.community[issue]]
    return gridName(here.gridIds[issue]) || (community ? shortUnitName(community) : '')
  }
  const categoryOf = (issue: number): string => (columns.value ? t(`category.${ISSUE_CATEGORIES[columns.value.category[issue]]}`) : '')
  const stateOf = (issue: number): string => (columns.value ? t(`state.${ISSUE_STATES[columns.value.state[issue]]}`) : '')
  const levelOf = (issue: number): string => (columns.value ? t(`level.${ISSUE_LEVELS[columns.value.level[issue]]}`) : '')
  const outcomeOf = (issue: number): string => {
    const outcome = columns.value?.outcome[issue] ?? 0
    return outcome > 0 ? t(`outcome.${ISSUE_OUTCOMES[outcome - 1]}`) : ''
  }
  function handlerOf(issue: number): string {
    const here = columns.value
    const handler = here?.handler[issue] ?? -1
    return here && handler >= 0 ? here.handlers[handler].name : t('list.nobody')
  }
  /** What to say of its deadline. */
  function dueWords(issue: number): { text: string; isLate: boolean } {
    if (!columns.value) return { text: '', isLate: false }
    const due = dueOf(columns.value, issue, store.nowS)
    switch (due.kind) {
      case 'overdue_days':
      case 'overdue_hours':
        return { text: t(`due.${due.kind}`, { n: due.n }), isLate: true }
      case 'left':
        return { text: t('due.left', { n: due.n }), isLate: false }
      case 'today':
        return { text: t('due.today', { time: clockOf(due.atS) }), isLate: false }
      case 'published':
        return { text: t('due.published', { date: dateOf(due.atS) }), isLate: false }
      case 'ended':
        return { text: outcomeOf(issue), isLate: false }
      default:
        return { text: t(`due.${due.kind}`), isLate: false }
    }
  }
  return { ...room, columns, dateOf, gridName, whereOf, categoryOf, stateOf, levelOf, outcomeOf, handlerOf, dueWords }
}

import type { Command } from '@/core/room'
import { ISSUE_STATES } from '@/core/issues/issue'
import { NO_FILTER } from './model'
import { orderWork } from './operations/order-work'
import { useIssuesStore } from './store'

/** Why an act is not possible now; each has words below `command.disabled`. */
export type CommandBlock = 'no_filter' | 'no_permission' | 'nothing_waits'

type Store = ReturnType<typeof useIssuesStore>

function command(group: 'work' | 'find', name: string, shortcut: string | undefined, disabled: (store: Store) => CommandBlock | null, run: (store: Store) => unknown): Command {
  return {
    id: `issues:${name}`,
    labelKey: `issues.command.${name}`,
    groupKey: `issues.keys.group.${group}`,
    shortcut,
    available: () => useIssuesStore().active,
    disabled: () => disabled(useIssuesStore()),
    run: async () => {
      await run(useIssuesStore())
    },
  }
}

/** Leave the tab for the page of work. */
function openPage(store: Store, page: Store['page']): void {
  store.panelTab = 'work'
  store.page = page
}

const PARTS = Object.keys(NO_FILTER) as (keyof typeof NO_FILTER)[]

/** The next slip that waits for the person, after the one in hand. */
function nextMine(store: Store): number | null {
  const columns = store.issueScope?.issues
  if (!columns) return null
  const waiting = [...orderWork(columns, store.shownWithout(...PARTS).filter(store.waitsForMe))]
  const at = waiting.indexOf(store.selectedIssue)
  return waiting.length === 0 ? null : columns.ids[waiting[(at + 1) % waiting.length]]
}

/** All acts of the room, for the palette and the sheet of keys. */
export const COMMANDS: readonly Command[] = [
  command('work', 'report', 'N', (store) => (store.mayReport ? null : 'no_permission'), (store) => openPage(store, 'report')),
  command('work', 'reception', undefined, (store) => (store.mayReceive ? null : 'no_permission'), (store) => openPage(store, 'reception')),
  command('work', 'settings', undefined, (store) => (store.maySet ? null : 'no_permission'), (store) => openPage(store, 'settings')),
  command('work', 'nextMine', 'G', (store) => (nextMine(store) === null ? 'nothing_waits' : null), (store) => store.select(nextMine(store))),
  command('find', 'mine', undefined, () => null, (store) => store.setFilter({ mine: !store.filter.mine })),
  command('find', 'overdue', 'O', () => null, (store) => store.setFilter({ due: store.filter.due === 'overdue' ? null : 'overdue' })),
  command('find', 'unpublished', undefined, () => null, (store) => store.setFilter({ states: ISSUE_STATES.filter((state) => state !== 'published') })),
  command('find', 'clearFilter', undefined, (store) => (store.filter === NO_FILTER ? 'no_filter' : null), (store) => (store.filter = NO_FILTER)),
]

import type { Command } from '@/core/room'
import { NO_FILTER } from './model'
import { useIssuesStore } from './store'

type Store = ReturnType<typeof useIssuesStore>

function command(name: string, shortcut: string | undefined, disabled: (store: Store) => string | null, run: (store: Store) => unknown): Command {
  return {
    id: `issues:${name}`,
    labelKey: `issues.command.${name}`,
    groupKey: 'issues.keys.group.work',
    shortcut,
    available: () => useIssuesStore().active,
    disabled: () => disabled(useIssuesStore()),
    run: async () => {
      await run(useIssuesStore())
    },
  }
}

/** All acts of the room, for the palette and the sheet of keys. */
export const COMMANDS: readonly Command[] = [
  command('clearFilter', undefined, (store) => (store.filter === NO_FILTER ? 'no_filter' : null), (store) => (store.filter = NO_FILTER)),
]

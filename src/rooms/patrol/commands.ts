import type { Command } from '@/core/room'
import { usePatrolStore } from './store'

/** Why an act is not possible now; each has words below `command.disabled`. */
export type CommandBlock = 'no_permission'

type Store = ReturnType<typeof usePatrolStore>

function command(name: string, disabled: (store: Store) => CommandBlock | null, run: (store: Store) => unknown, shortcut?: string): Command {
  return {
    id: `patrol:${name}`,
    labelKey: `patrol.command.${name}`,
    groupKey: 'patrol.keys.group.plan',
    shortcut,
    available: () => usePatrolStore().active,
    disabled: () => disabled(usePatrolStore()),
    run: async () => {
      await run(usePatrolStore())
    },
  }
}

/** All acts of the room, for the palette and the sheet of keys. */
export const COMMANDS: readonly Command[] = [
  command('plans', () => null, (store) => (store.panelTab = 'plan')),
]

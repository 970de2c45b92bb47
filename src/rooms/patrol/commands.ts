import type { Command } from '@/core/room'
import { usePatrolStore } from './store'

/** Why an act is not possible now; each has words below `command.disabled`. */
export type CommandBlock = 'no_permission' | 'nothing_to_undo' | 'nothing_to_redo' | 'nothing_to_save'

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
  command('newPlan', (store) => (store.mayPlan ? null : 'no_permission'), (store) => store.openForm(), 'N'),
  command('undo', (store) => (store.planning.past.length > 0 ? null : 'nothing_to_undo'), (store) => store.planning.undo(), 'Ctrl+Z'),
  command('redo', (store) => (store.planning.future.length > 0 ? null : 'nothing_to_redo'), (store) => store.planning.redo(), 'Ctrl+Shift+Z'),
  command('save', (store) => (store.planning.unsaved && store.shownPlan?.state === 'draft' ? null : 'nothing_to_save'), (store) => store.keeping.save(), 'Ctrl+S'),
]

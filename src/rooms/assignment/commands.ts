import type { Command, GestureKey } from '@/core/room'
import { useAssignmentMap } from './map-store'
import type { PublishBlock } from './publish-conditions'
import { useAssignmentStore } from './store'

/** Why an act is not possible now; each has words below `command.disabled`. */
export type CommandBlock =
  | PublishBlock | 'nothing_to_undo' | 'nothing_to_redo' | 'nothing_to_save' | 'busy' | 'no_proposal' | 'not_running' | 'no_errors'

type Store = ReturnType<typeof useAssignmentStore>
type Group = 'plan' | 'solve' | 'find' | 'tool'

const groupKey = (group: Group): string => `assignment.keys.group.${group}`

function command(group: Group, name: string, shortcut: string | undefined, disabled: (store: Store) => CommandBlock | null, run: (store: Store) => unknown): Command {
  return {
    id: `assignment:${name}`,
    labelKey: `assignment.command.${name}`,
    groupKey: groupKey(group),
    shortcut,
    available: () => useAssignmentStore().active && !useAssignmentStore().isOnlyMember,
    disabled: () => disabled(useAssignmentStore()),
    run: async () => {
      await run(useAssignmentStore())
    },
  }
}

const whileEditing = (store: Store): CommandBlock | null => {
  if (store.editing) return null
  if (!store.canEdit) return 'no_permission'
  if (!store.draft) return 'no_draft'
  return store.display.kind === 'draft' ? 'pending' : 'looking'
}
const whileProposed = (store: Store): CommandBlock | null => (store.solving.proposal ? null : 'no_proposal')
const hasErrors = (store: Store) => store.findings.some((finding) => finding.severity === 'error')

/** All acts of the room, for the palette and the sheet of keys. */
export const COMMANDS: readonly Command[] = [
  command('tool', 'assign', 'V', whileEditing, () => toggleTool('assign')),
  command('tool', 'lasso', 'L', whileEditing, () => toggleTool('lasso')),
  command('solve', 'solve', 'S', (store) => (store.solving.busy ? 'busy' : whileEditing(store)), (store) => store.solve()),
  command('solve', 'cancel', undefined, (store) => (store.solving.busy ? null : 'not_running'), (store) => store.solving.cancel()),
  command('solve', 'take', undefined, (store) => whileProposed(store) ?? (store.solving.proposal?.delta ? null : 'no_proposal'), (store) => store.solving.accept()),
  command('solve', 'leave', undefined, whileProposed, (store) => store.solving.dismiss()),
  command('plan', 'undo', 'Ctrl+Z', (store) => (store.solving.proposal ? null : (whileEditing(store) ?? (store.undoNote ? null : 'nothing_to_undo'))), (store) => store.undo()),
  command('plan', 'redo', 'Ctrl+Shift+Z', (store) => whileEditing(store) ?? (store.redoNote ? null : 'nothing_to_redo'), (store) => store.redo()),
  command('plan', 'save', 'Ctrl+S', (store) => (store.unsavedCount > 0 ? null : 'nothing_to_save'), (store) => store.saving.save()),
  command('plan', 'compare', 'C', (store) => (store.draft ? null : 'no_draft'), (store) => store.show({ kind: store.display.kind === 'draft' ? 'today' : 'draft' })),
  command('plan', 'publish', undefined, (store) => store.publishBlocked, (store) => store.publishing.open()),
  command('find', 'nextException', 'G', (store) => (hasErrors(store) ? null : 'no_errors'), (store) => store.showFindings(store.findings.find((one) => one.severity === 'error')?.code ?? null)),
]

function toggleTool(tool: 'assign' | 'lasso'): void {
  const { assigning } = useAssignmentMap()
  assigning.setTool(assigning.tool === tool ? null : tool)
}

const gestureKey = (keys: string, name: string): GestureKey => ({ keys, labelKey: `assignment.map.tool.keys.${name}`, groupKey: groupKey('tool') })

/** Keys within the gestures. */
export const GESTURE_KEYS: readonly GestureKey[] = [gestureKey('Alt', 'alt'), gestureKey('Shift', 'shift'), gestureKey('Esc', 'esc')]

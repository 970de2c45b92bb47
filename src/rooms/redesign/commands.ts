import type { Command, GestureKey } from '@/core/room'
import { BROAD_TOOLS, BRUSH_PX, TOOL_GROUPS, TOOL_KEYS, type Tool, type ToolGroup } from './model'
import type { PublishBlock } from './publish-conditions'
import { useRedesignStore } from './store'

/** Why an act is not possible now; each has words below `command.disabled`. */
export type CommandBlock =
  | PublishBlock | 'resting' | 'no_target' | 'no_other_grid' | 'nothing_to_undo' | 'nothing_to_redo' | 'nothing_to_save' | 'not_brush'
  | 'none_unassigned' | 'no_findings' | 'no_scope'

/** Digits that choose a grid of the community. */
const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

type Store = ReturnType<typeof useRedesignStore>
type Group = ToolGroup | 'target' | 'plan' | 'find'

const PREFIX = 'redesign.command'
const groupKey = (group: Group): string => `redesign.keys.group.${group}`

function command(group: Group, name: string, shortcut: string | undefined, disabled: (store: Store) => CommandBlock | null, run: (store: Store) => unknown): Command {
  return {
    id: `redesign:${name}`,
    labelKey: `${PREFIX}.${name}`,
    groupKey: groupKey(group),
    shortcut,
    available: () => useRedesignStore().active,
    disabled: () => disabled(useRedesignStore()),
    run: async () => {
      await run(useRedesignStore())
    },
  }
}

const whileEditing = (store: Store): CommandBlock | null =>
  store.editing ? null : !store.canEdit ? 'no_permission' : !store.draft ? 'no_draft' : store.papers.rest ? 'resting' : 'looking'

const takeTool = (group: ToolGroup, tool: Tool): Command =>
  command(group, tool, TOOL_KEYS[tool], whileEditing, (store) => store.tools.setTool(store.tools.tool === tool ? null : tool))

const toolsOf = (group: ToolGroup): Command[] => TOOL_GROUPS[group].map((tool) => takeTool(group, tool))

/** All acts of the room, for the palette and the sheet of keys. */
export const COMMANDS: readonly Command[] = [
  ...toolsOf('paint'),
  command('paint', 'erase', 'E', whileEditing, (store) => store.tools.toggleErase()),
  command('paint', 'smaller', '[', whileBroad, (store) => store.tools.setBrushPx(store.tools.brushPx / BRUSH_PX.step)),
  command('paint', 'larger', ']', whileBroad, (store) => store.tools.setBrushPx(store.tools.brushPx * BRUSH_PX.step)),
  command('paint', 'source', 'X', whileEditing, (store) => store.tools.toggleSource()),
  ...toolsOf('border'),
  ...toolsOf('reshape'),
  command('reshape', 'snap', 'A', whileEditing, (store) => (store.tools.snaps = !store.tools.snaps)),
  ...DIGITS.map((digit): Command => ({
    id: `redesign:digit-${digit}`,
    labelKey: `${PREFIX}.digit${digit}`,
    groupKey: groupKey('target'),
    shortcut: String(digit),
    family: { keys: '1–9', labelKey: `${PREFIX}.digits` },
    available: () => useRedesignStore().active && useRedesignStore().digitGrids.length >= digit,
    disabled: () => whileEditing(useRedesignStore()),
    run: () => useRedesignStore().tools.setTarget(useRedesignStore().digitGrids[digit - 1]),
  })),
  command('target', 'lockPointed', 'Q', whileEditing, (store) => store.lockPointed()),
  command('target', 'join', 'M', (store) => whileEditing(store) ?? (!store.targetId ? 'no_target' : store.otherId() ? null : 'no_other_grid'), (store) =>
    store.comforts.grids.join(store.targetId!, store.otherId()!),
  ),
  command('target', 'halve', undefined, (store) => whileEditing(store) ?? (store.targetId ? null : 'no_target'), (store) =>
    store.comforts.grids.halve(store.targetId!),
  ),
  command('plan', 'undo', 'Ctrl+Z', (store) => whileEditing(store) ?? (store.undoNote ? null : 'nothing_to_undo'), (store) => store.undo()),
  command('plan', 'redo', 'Ctrl+Shift+Z', (store) => whileEditing(store) ?? (store.redoNote ? null : 'nothing_to_redo'), (store) => store.redo()),
  command('plan', 'save', 'Ctrl+S', (store) => (store.unsavedCount > 0 ? null : 'nothing_to_save'), (store) => store.saving.save()),
  command('plan', 'compare', 'C', (store) => (store.draft ? null : 'no_draft'), (store) =>
    store.shown.kind === 'draft' ? store.compare() : store.backToDraft(),
  ),
  command('plan', 'publish', undefined, (store) => store.publishBlocked, (store) => store.publishing.open()),
  command('find', 'find', 'F3', (store) => (store.session ? null : 'no_scope'), (store) => store.comforts.find()),
  command('find', 'nextUnassigned', 'N', (store) => (store.unassigned.length > 0 ? null : 'none_unassigned'), (store) => store.findUnassigned()),
  command('find', 'nextFinding', 'G', (store) => (store.findings.some((one) => one.severity === 'error') ? null : 'no_findings'), (store) => store.places.findFinding()),
]

const gestureKey = (group: ToolGroup, keys: string, name: string): GestureKey => ({ keys, labelKey: `redesign.keys.${name}`, groupKey: groupKey(group) })

/** Keys and buttons within the gestures. */
export const GESTURE_KEYS: readonly GestureKey[] = [
  gestureKey('paint', 'Alt', 'altPick'),
  gestureKey('paint', 'Shift', 'shiftCompound'),
  gestureKey('paint', 'Ctrl', 'ctrlBox'),
  gestureKey('border', '●', 'borderDrag'),
  gestureKey('border', 'Alt', 'borderOnly'),
  gestureKey('reshape', 'Delete', 'deletePoint'),
  gestureKey('reshape', '●●', 'doubleAdd'),
  gestureKey('reshape', 'Ctrl', 'noSnap'),
  gestureKey('reshape', 'Enter', 'enter'),
]

function whileBroad(store: Store): CommandBlock | null {
  return whileEditing(store) ?? (store.tools.tool && BROAD_TOOLS.includes(store.tools.tool) ? null : 'not_brush')
}

import type { Command } from '@/core/room'
import { BRUSH_PX, TOOLS, type Tool } from './model'
import { useRedesignStore } from './store'

const KEYS: Readonly<Record<Tool, string>> = { click: 'V', brush: 'B', rectangle: 'R', lasso: 'L', fill: 'F' }
/** Digits that choose a grid of the community. */
const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

type Store = ReturnType<typeof useRedesignStore>

const PREFIX = 'redesign.command'

function command(name: string, shortcut: string | undefined, disabled: (store: Store) => string | null, run: (store: Store) => unknown): Command {
  return {
    id: `redesign:${name}`,
    labelKey: `${PREFIX}.${name}`,
    shortcut,
    available: () => useRedesignStore().active,
    disabled: () => disabled(useRedesignStore()),
    run: async () => {
      await run(useRedesignStore())
    },
  }
}

const whileEditing = (store: Store): string | null =>
  store.editing ? null : !store.canEdit ? 'no_permission' : store.draft ? 'looking' : 'no_draft'

/** All acts of the room, for the palette and the sheet of keys. `disabled` codes have words below `command.disabled`. */
export const COMMANDS: readonly Command[] = [
  ...TOOLS.map((tool) =>
    command(tool, KEYS[tool], whileEditing, (store) => store.tools.setTool(store.tools.tool === tool ? null : tool)),
  ),
  command('erase', 'E', whileEditing, (store) => store.tools.toggleErase()),
  command('smaller', '[', whileBrushing, (store) => store.tools.setBrushPx(store.tools.brushPx / BRUSH_PX.step)),
  command('larger', ']', whileBrushing, (store) => store.tools.setBrushPx(store.tools.brushPx * BRUSH_PX.step)),
  command('undo', 'Ctrl+Z', (store) => whileEditing(store) ?? (store.undoNote ? null : 'nothing_to_undo'), (store) => store.undo()),
  command('redo', 'Ctrl+Shift+Z', (store) => whileEditing(store) ?? (store.redoNote ? null : 'nothing_to_redo'), (store) => store.redo()),
  command('save', 'Ctrl+S', (store) => (store.unsavedCount > 0 ? null : 'nothing_to_save'), (store) => store.saving.save()),
  command('compare', 'C', (store) => (store.draft ? null : 'no_draft'), (store) =>
    store.shown.kind === 'draft' ? store.compare() : store.backToDraft(),
  ),
  command('nextUnassigned', 'N', (store) => (store.unassigned.length > 0 ? null : 'none_unassigned'), (store) => store.findUnassigned()),
  command('nextFinding', 'G', (store) => (store.findings.some((one) => one.severity === 'error') ? null : 'no_findings'), (store) => store.places.findFinding()),
  command('publish', undefined, (store) => store.publishBlocked, (store) => store.publishing.open()),
  ...DIGITS.map((digit): Command => ({
    id: `redesign:digit-${digit}`,
    labelKey: `${PREFIX}.digit${digit}`,
    shortcut: String(digit),
    family: { keys: '1–9', labelKey: `${PREFIX}.digits` },
    available: () => useRedesignStore().active && useRedesignStore().digitGrids.length >= digit,
    disabled: () => whileEditing(useRedesignStore()),
    run: () => useRedesignStore().tools.setTarget(useRedesignStore().digitGrids[digit - 1]),
  })),
]

function whileBrushing(store: Store): string | null {
  return whileEditing(store) ?? (store.tools.tool === 'brush' ? null : 'not_brush')
}

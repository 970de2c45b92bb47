import type { Command } from '@/core/room'
import { useCoverageStore } from './store'
import { PANEL_PANES, PANEL_TABS } from './panes'

/** All acts of the room, for the palette and the sheet of keys. */
export const COMMANDS: readonly Command[] = PANEL_TABS.filter((tab) => PANEL_PANES[tab]).map((tab) => ({
  id: `coverage:${tab}`,
  labelKey: `coverage.command.${tab}`,
  groupKey: 'coverage.keys.group',
  available: () => useCoverageStore().active,
  disabled: () => null,
  run: () => void (useCoverageStore().panelTab = tab),
}))

import { isTyping } from '@/map/is-typing'
import { useWorkspace } from '@/ui/use-workspace'
import { onMounted, onUnmounted, type Ref } from 'vue'
import { matchesShortcut } from './match-shortcut'
import type { ActsOfRooms } from './use-room-acts'
import { useMapHost } from './use-shell'

/** Keys of the whole console, and those of the rooms' commands. A field that is being typed in keeps its keys. */
export function useShortcuts(on: { palette(): void; sheet(): void; acts: Readonly<Ref<ActsOfRooms>> }): void {
  const workspace = useWorkspace()
  const map = useMapHost()

  function press(event: KeyboardEvent): void {
    if (matchesShortcut(event, 'Ctrl+K')) {
      event.preventDefault()
      on.palette()
      return
    }
    if (isTyping(event) || document.querySelector('.el-overlay:not([style*="display: none"])')) return
    for (const { commands } of on.acts.value.values()) {
      for (const command of commands) {
        if (!command.shortcut || !matchesShortcut(event, command.shortcut) || !command.available()) continue
        event.preventDefault()
        if (command.disabled() === null) void command.run()
        return
      }
    }
    if (event.key === '?') on.sheet()
    else if (event.key === '+' || event.key === '=') map.zoomBy(1)
    else if (event.key === '-') map.zoomBy(-1)
    else if (event.key === 'Escape' && !map.mode.get() && !event.defaultPrevented) workspace.selection.set(null)
  }

  onMounted(() => window.addEventListener('keydown', press))
  onUnmounted(() => window.removeEventListener('keydown', press))
}

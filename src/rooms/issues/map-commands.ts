import type { Command, GestureKey } from '@/core/room'
import { useIssuesMap } from './map-store'
import { useIssuesStore } from './store'

type View = ReturnType<typeof useIssuesMap>

const GROUP = 'issues.heatKeys.group'

function command(name: string, disabled: (view: View) => string | null, run: (view: View) => void): Command {
  return {
    id: `issues:map:${name}`,
    labelKey: `issues.heatKeys.${name}`,
    groupKey: GROUP,
    available: () => useIssuesStore().active && useIssuesStore().issueScope !== null,
    disabled: () => disabled(useIssuesMap()),
    run: () => run(useIssuesMap()),
  }
}

/** Acts on the map and through time. */
export const MAP_COMMANDS: readonly Command[] = [
  command('cells', (view) => (view.byCell ? null : 'no_cells'), (view) => view.setTool('cells')),
  command('lasso', () => null, (view) => view.setTool('lasso')),
  command('play', (view) => (view.steps.steps.length > 1 ? null : 'no_steps'), (view) => (view.playback.playing ? view.playback.pause() : view.playback.play())),
]

export const MAP_GESTURE_KEYS: readonly GestureKey[] = [
  { keys: 'Shift', labelKey: 'issues.heatKeys.shift', groupKey: GROUP },
  { keys: 'Esc', labelKey: 'issues.heatKeys.esc', groupKey: GROUP },
]

import { LAYER_SWITCHES, MAP_THEMES, type LayerSwitch, type MapTheme, type ShownPlan } from '@/core/workspace'
import { homeUnit } from '@/core/unit-names'
import { boundsOfSelection } from '@/map/bounds-of-selection'
import { useWorkspace } from '@/ui/use-workspace'
import { nextTick, onMounted, onScopeDispose } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import { DEFAULT_LAYERS } from './create-workspace'
import { readSelection, writeSelection } from './selection-address'
import { useMapHost, useShell } from './use-shell'

const text = (value: LocationQuery[string]): string | null => (Array.isArray(value) ? value[0] : value) ?? null

/**
 * Keep the address and the workspace one state: `at` view, `sel` selection, `unit` focus, `layers` and `theme` of the
 * map, `plan` edition shown, `land`. Moving the map replaces the entry of history; what the person chose adds one, so
 * that back goes back. An address written here is not read back; any other is obeyed, whatever the map is about, unless
 * a hand is moving it.
 */
export function useAddress(): void {
  const workspace = useWorkspace()
  const shell = useShell()
  const map = useMapHost()
  const route = useRoute()
  const router = useRouter()
  const ends: (() => void)[] = []
  let reading = false
  let placed = false
  let waiting = 0
  let waitingToPush = false
  /** The address on its way into the bar that was written here. */
  let written: string | null = null

  function write(push: boolean): void {
    if (reading || !placed) return
    const scope = workspace.scope.get()
    const { centre, zoom } = map.view.get()
    const layers = workspace.layers.get()
    const theme = workspace.mapTheme.get()
    const plan = workspace.shown.get()
    const focus = workspace.focusUnitId.get()
    const street = (scope && homeUnit(scope)?.id) ?? null
    const query: Record<string, string | undefined> = {
      ...Object.fromEntries(Object.entries(route.query).map(([key, value]) => [key, text(value) ?? undefined])),
      at: `${centre[0].toFixed(5)},${centre[1].toFixed(5)},${zoom.toFixed(2)}`,
      sel: (scope && writeSelection(scope, workspace.selection.get())) ?? undefined,
      unit: focus !== null && focus !== street ? String(focus) : undefined,
      layers: layers.join() === DEFAULT_LAYERS.join() ? undefined : layers.join('.') || 'none',
      theme: theme === 'grids' ? undefined : theme,
      plan: plan.kind === 'edition' ? `edition-${plan.number}` : undefined,
      land: shell.lands.get().length > 1 && scope ? String(scope.landId) : undefined,
    }
    const same = Object.keys({ ...query, ...route.query }).every((key) => (query[key] ?? null) === text(route.query[key]))
    if (same) return
    const address = { path: route.path, query }
    written = router.resolve(address).fullPath
    void router[push ? 'push' : 'replace'](address)
  }

  function read(query: LocationQuery, first: boolean): void {
    const scope = workspace.scope.get()
    if (!scope) return
    reading = true
    const at = text(query.at)?.split(',').map(Number)
    if (at?.length === 3 && at.every(Number.isFinite)) {
      // While the map flies, its last view is the one it left: wherever the address leads, the flight ends.
      const motion = map.motion()
      const now = map.view.get()
      const elsewhere = Math.abs(now.centre[0] - at[0]) > 2e-5 || Math.abs(now.centre[1] - at[1]) > 2e-5 || Math.abs(now.zoom - at[2]) > 0.02
      if (motion === 'flying' || (motion === 'still' && elsewhere)) map.jumpTo({ centre: [at[0], at[1]], zoom: at[2] })
    } else if (first) map.fit(scope.bounds, { animate: false })
    const selection = readSelection(scope, text(query.sel))
    if (writeSelection(scope, workspace.selection.get()) !== writeSelection(scope, selection)) workspace.selection.set(selection)
    const unit = Number(text(query.unit))
    const focus = unit || (homeUnit(scope)?.id ?? null)
    // Where the address names a thing and no unit, the thing says which.
    if ((unit || !selection) && focus !== workspace.focusUnitId.get()) workspace.focusUnitId.set(focus)
    const layers = text(query.layers)
    const on = layers === null ? DEFAULT_LAYERS : LAYER_SWITCHES.filter((layer) => layers.split('.').includes(layer))
    if (on.join() !== workspace.layers.get().join()) workspace.layers.set(on as readonly LayerSwitch[])
    const theme = text(query.theme) as MapTheme | null
    workspace.mapTheme.set(theme && MAP_THEMES.includes(theme) ? theme : 'grids')
    const plan = readPlan(text(query.plan))
    const shown = workspace.shown.get()
    if (plan && !(shown.kind === 'edition' && shown.number === plan.number)) workspace.shown.set(plan)
    else if (!plan && shown.kind === 'edition') workspace.shown.set({ kind: 'current' })
    if (!at && selection) bringIntoView('close')
    reading = false
  }

  /** What is selected comes into view, by the least movement or close up, when the panels have taken their room. */
  function bringIntoView(how: 'least' | 'close'): void {
    const scope = workspace.scope.get()
    const selection = workspace.selection.get()
    const bounds = scope && selection && boundsOfSelection(scope, workspace.shownGrids.get(), selection)
    if (bounds) void nextTick(() => requestAnimationFrame(() => (how === 'close' ? map.fit(bounds) : map.reveal(bounds))))
  }

  // A choice (selection and focus often change together) is one entry; a movement of the map must not swallow it.
  const later = (push: boolean): void => {
    if (waitingToPush && !push) return
    window.clearTimeout(waiting)
    waitingToPush = push
    waiting = window.setTimeout(
      () => {
        waitingToPush = false
        write(push)
      },
      push ? 0 : 250,
    )
  }

  // The first scope takes its view from the address; a scope loaded anew keeps the view as it is.
  function settle(): void {
    const scope = workspace.scope.get()
    if (!scope) return
    const land = Number(text(route.query.land))
    if (!placed && land && land !== scope.landId && shell.lands.get().some((one) => one.id === land)) {
      void workspace.openLand(land)
      return
    }
    if (placed) {
      checkSelection()
      later(false)
      return
    }
    // Drawer and panels take their room when the land is there; only then is the map's size known.
    void nextTick(() =>
      requestAnimationFrame(() => {
        map.resize()
        read(route.query, true)
        placed = true
        later(false)
      }),
    )
  }

  /** Indices belong to a scope; after a reload they may point elsewhere, so the address, which has ids, is read again. */
  function checkSelection(): void {
    const scope = workspace.scope.get()
    if (scope) workspace.selection.set(readSelection(scope, text(route.query.sel)))
  }

  ends.push(workspace.scope.subscribe(settle))
  ends.push(map.view.subscribe(() => later(false)))
  for (const cell of [workspace.selection, workspace.focusUnitId, workspace.mapTheme, workspace.layers, workspace.shown]) {
    ends.push(cell.subscribe(() => !reading && later(true)))
  }
  ends.push(router.afterEach((to, _from, failure) => {
    const own = to.fullPath === written
    if (own) written = null
    if (own || failure || !placed) return
    // A link to a room alone keeps the view: what it does not say stays.
    if (Object.keys(to.query).length === 0) later(false)
    else read(to.query, false)
  }))
  ends.push(workspace.selection.subscribe(() => !reading && bringIntoView('least')))
  // Not before the map has its size: it is measured when its place is mounted.
  onMounted(settle)
  onScopeDispose(() => ends.forEach((end) => end()))
}

function readPlan(value: string | null): (ShownPlan & { kind: 'edition' }) | null {
  const number = value?.match(/^edition-(\d+)$/)?.[1]
  return number ? { kind: 'edition', number: Number(number) } : null
}

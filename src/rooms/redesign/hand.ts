import { LATTICE_M, toLattice } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import type { GridFigures } from '@/core/grid-figures'
import type { Finding, LandPatch, PlanDelta } from '@/core/plan'
import type { PlanGesture, PlanSession } from '@/core/plan-session'
import type { MapEngine, ScreenPoint } from '@/map/contracts'
import type { Hand, RefusalCode, Stroke, Tool } from './model'
import { cellIndexOf, type CellIndex } from './operations/index-cells'
import type { LatticePoint } from './operations/pick-cells'

/** What the hand needs of the room. */
export interface HandHost {
  session(): PlanSession
  editing(): boolean
  brushPx(): number
  /** The change grew or shrank; null when it was dropped or changed nothing. */
  onStroke(stroke: Stroke | null): void
  onRefused(code: string, count: number, reason?: string): void
  onPoint(cell: number): void
}

const NONE: ReadonlyMap<RefusalCode, number> = new Map()

/** Where the pointer is on the land that a session stands on. */
export function placing(session: () => PlanSession) {
  const frame = () => session().context.land.frame
  return {
    get index(): CellIndex {
      return cellIndexOf(session().context.land)
    },
    toLattice(at: LngLat): LatticePoint {
      const [x, y] = toLattice(frame(), at[0], at[1])
      return { x, y }
    },
    latticePerPx(map: MapEngine, screen: ScreenPoint): number {
      const here = map.unproject(screen)
      const beside = map.unproject({ x: screen.x + 100, y: screen.y })
      return ((beside[0] - here[0]) * frame().mPerDegLng) / LATTICE_M / 100
    },
  }
}

/** The hand that holds one change as a whole, puts another in its place as the pointer moves, and keeps or drops it. */
export function createHand(host: HandHost): Hand {
  let gesture: PlanGesture | null = null
  let held: PlanDelta = { cells: [], grids: [] }
  const before = new Map<string, GridFigures>()
  let findingsBefore: readonly Finding[] = []
  let refused = NONE

  const isOpen = (): boolean => gesture !== null && host.session().gesture === gesture

  /** Figures of the grids that a change touches, from before the first one. */
  function remember(delta: PlanDelta): void {
    const { index, document } = host.session()
    for (const id of touchedGrids(host.session(), delta)) {
      const slot = index.slotOf(id)
      if (!before.has(id) && document.grids[slot]) before.set(id, host.session().figures(slot))
    }
  }

  function strokeOf(tool: Tool, provisional: boolean): Stroke {
    const session = host.session()
    const { cellIndex } = session.context
    const changes = [...before].map(([id, figures]) => {
      const slot = session.index.slotOf(id)
      return { id, gained: (slot < 0 ? 0 : session.figures(slot).households) - figures.households }
    })
    const gained = changes.reduce((sum, change) => sum + Math.max(0, change.gained), 0)
    const lost = changes.reduce((sum, change) => sum + Math.max(0, -change.gained), 0)
    return {
      tool,
      provisional,
      gridIds: changes.sort((a, b) => b.gained - a.gained).map(({ id }) => id),
      before: new Map(before),
      findingsBefore,
      cells: cellsOf(held).flatMap((id) => cellIndex.get(id) ?? []),
      households: Math.max(gained, lost),
      refused,
    }
  }

  function change(delta: PlanDelta, act: PlanGesture['extend'], why: ReadonlyMap<RefusalCode, number>): boolean {
    remember(delta)
    const done = act(delta)
    if (!done.ok) {
      host.onRefused('delta', 1, done.code)
      return false
    }
    held = gesture!.delta
    refused = why
    host.onStroke(strokeOf('border', true))
    return true
  }

  function end(): void {
    gesture = null
    held = { cells: [], grids: [] }
    before.clear()
    refused = NONE
  }

  const place = placing(host.session)
  return {
    get index() {
      return place.index
    },
    get session() {
      return host.session()
    },
    toLattice: place.toLattice,
    latticePerPx: place.latticePerPx,
    brushPx: host.brushPx,
    begin() {
      if (!host.editing()) {
        host.onRefused('not_editing', 1)
        return false
      }
      end()
      findingsBefore = host.session().findings()
      gesture = host.session().beginGesture({ key: 'redesign.note.border' })
      return true
    },
    get isOpen() {
      return isOpen()
    },
    put(delta, why = NONE) {
      return isOpen() && change(delta, gesture!.replace, why)
    },
    extend(delta) {
      return isOpen() && change(delta, gesture!.extend, NONE)
    },
    keep(tool, note) {
      if (!isOpen()) return false
      const stroke = strokeOf(tool, false)
      const entry = gesture!.drop(note)
      host.onStroke(entry ? stroke : null)
      end()
      return entry !== null
    },
    drop() {
      if (!gesture) return false
      const wasOpen = isOpen()
      if (wasOpen) gesture.cancel()
      end()
      host.onStroke(null)
      return wasOpen
    },
    refuse: (code, count = 1, reason) => host.onRefused(code, count, reason),
    point: host.onPoint,
  }
}

/** Ids of the cells that a change moves or reshapes. */
const cellsOf = ({ cells, land }: PlanDelta): number[] => [...new Set([...cells.map(({ cell }) => cell), ...(land ? shapedCells(land.after) : [])])]

/** Cells of a redrawing, and those beside its borders. */
const shapedCells = ({ cells, arcs }: LandPatch): number[] => [
  ...cells.map(({ id }) => id),
  ...arcs.flatMap(({ left, right }) => [left, right]).filter((id) => id !== null),
]

/** Grids that gain, lose or are reshaped, as far as the plan has them now. */
function touchedGrids({ context, document }: PlanSession, delta: PlanDelta): Set<string> {
  const ids = new Set<string>()
  for (const { from, to } of delta.cells) for (const id of [from, to]) if (id !== null) ids.add(id)
  for (const side of [delta.land?.before, delta.land?.after]) {
    for (const id of side ? shapedCells(side) : []) {
      const cell = context.cellIndex.get(id)
      const grid = cell === undefined ? null : document.grids[document.cellGrid[cell]]
      if (grid) ids.add(grid.id)
    }
  }
  for (const { before, after } of delta.grids) for (const grid of [before, after]) if (grid) ids.add(grid.id)
  return ids
}

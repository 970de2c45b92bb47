import type { LandEdit, LandPatch } from '@/core/plan'

type Node = LandPatch['nodes'][number]
type Cell = LandPatch['cells'][number]
type Arc = LandPatch['arcs'][number]
type Home = LandPatch['buildings'][number]

export interface LandThings {
  readonly nodes: readonly Node[]
  readonly cells: readonly Cell[]
  readonly arcs: readonly Arc[]
  readonly buildings: readonly Home[]
}

/**
 * A land as rows, redrawn by hand: each act gives the land edit that a console would send and keeps the rows in step.
 * Knows nothing of the console's own operations, so that the server is asked by somebody else.
 */
export function createDrawnLand(things: LandThings) {
  const nodes = new Map(things.nodes.map((thing) => [thing.id, thing]))
  const cells = new Map(things.cells.map((thing) => [thing.id, thing]))
  const arcs = new Map(things.arcs.map((thing) => [thing.id, thing]))
  const buildings = new Map(things.buildings.map((thing) => [thing.id, thing]))
  let nextId = -1

  const around = (cellId: number) => [...arcs.values()].filter(({ left, right }) => left === cellId || right === cellId)
  const arcOf = (predicate: (arc: Arc) => boolean): Arc => {
    const found = [...arcs.values()].find(predicate)
    if (!found) throw new Error('expected such a border, got none')
    return found
  }

  function change(act: (put: { node(n: Node): void; cell(c: Cell): void; arc(a: Arc): void; home(b: Home): void }, drop: { node(id: number): void; cell(id: number): void; arc(id: number): void }) => void): LandEdit {
    const was = { nodes: new Map(nodes), cells: new Map(cells), arcs: new Map(arcs), buildings: new Map(buildings) }
    act(
      { node: (n) => void nodes.set(n.id, n), cell: (c) => void cells.set(c.id, c), arc: (a) => void arcs.set(a.id, a), home: (b) => void buildings.set(b.id, b) },
      { node: (id) => void nodes.delete(id), cell: (id) => void cells.delete(id), arc: (id) => void arcs.delete(id) },
    )
    const differing = <T>(before: Map<number, T>, after: Map<number, T>) => {
      const ids = [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id))
      const side = (map: Map<number, T>) => ids.flatMap((id) => map.get(id) ?? [])
      return { before: side(before), after: side(after) }
    }
    const parts = { nodes: differing(was.nodes, nodes), cells: differing(was.cells, cells), arcs: differing(was.arcs, arcs), buildings: differing(was.buildings, buildings) }
    const patch = (side: 'before' | 'after'): LandPatch => ({ nodes: parts.nodes[side], cells: parts.cells[side], arcs: parts.arcs[side], buildings: parts.buildings[side] })
    return { before: patch('before'), after: patch('after') }
  }

  return {
    nodes, cells, arcs, buildings, around,

    /** Take in an edit that was made elsewhere; its ids are not drawn again. */
    put({ before, after }: LandEdit): void {
      for (const kind of ['nodes', 'cells', 'arcs', 'buildings'] as const) {
        const map = { nodes, cells, arcs, buildings }[kind] as Map<number, { id: number }>
        for (const { id } of before[kind]) map.delete(id)
        for (const thing of after[kind]) {
          map.set(thing.id, thing)
          nextId = Math.min(nextId, thing.id - 1)
        }
      }
    },

    /** Take a node elsewhere; borders of two points follow, longer ones keep their other points. */
    moveNode: (nodeId: number, x: number, y: number) =>
      change((put) => {
        put.node({ id: nodeId, x, y })
        for (const arc of [...arcs.values()]) {
          const xy = [...arc.xy]
          if (arc.start === nodeId) xy.splice(0, 2, x, y)
          if (arc.end === nodeId) xy.splice(-2, 2, x, y)
          if (arc.start === nodeId || arc.end === nodeId) put.arc({ ...arc, xy })
        }
      }),

    /**
     * Cut a cell by a line from one straight border to another, at `share` of either as it runs left to right; the part with
     * the lower x keeps the id or, with `fresh`, both are new. Homes go where `isLower` says.
     */
    cutCell: (cellId: number, [low, high]: readonly [Arc, Arc], [atLow, atHigh]: readonly [readonly [number, number], readonly [number, number]], options: { fresh?: boolean; isLower(building: number): boolean }) => {
      const whole = cells.get(cellId)!
      const ids = { lower: options.fresh ? nextId-- : cellId, upper: nextId-- }
      const edit = change((put, drop) => {
        const split = (arc: Arc, [x, y]: readonly [number, number]) => {
          const node = { id: nextId--, x, y }
          put.node(node)
          drop.arc(arc.id)
          // Runs from lower to higher x: the first half borders the lower part.
          const forward = arc.xy[0] < arc.xy[arc.xy.length - 2]
          const halves = [
            { ...arc, id: nextId--, end: node.id, xy: [arc.xy[0], arc.xy[1], x, y] },
            { ...arc, id: nextId--, start: node.id, xy: [x, y, arc.xy[arc.xy.length - 2], arc.xy[arc.xy.length - 1]] },
          ]
          halves.forEach((half, k) => {
            const part = (k === 0) === forward ? ids.lower : ids.upper
            put.arc({ ...half, left: half.left === cellId ? part : half.left, right: half.right === cellId ? part : half.right })
          })
          return node.id
        }
        const [start, end] = [split(low, atLow), split(high, atHigh)]
        // Borders that were not cut: beyond the line, by where their middle lies.
        for (const arc of around(cellId)) {
          const middle = (arc.xy[0] + arc.xy[arc.xy.length - 2]) / 2
          const part = middle < (atLow[0] + atHigh[0]) / 2 ? ids.lower : ids.upper
          put.arc({ ...arc, left: arc.left === cellId ? part : arc.left, right: arc.right === cellId ? part : arc.right })
        }
        put.arc({ id: nextId--, start, end, left: ids.lower, right: ids.upper, kind: 0, xy: [...atLow, ...atHigh] })
        const labels = { lower: whole.labelX, upper: whole.labelX }
        const edges = [...around(ids.lower), ...around(ids.upper)].flatMap(({ xy }) => [xy[0], xy[xy.length - 2]])
        const line = Math.round((atLow[0] + atHigh[0]) / 2)
        labels.lower = Math.round((Math.min(...edges) + line) / 2)
        labels.upper = Math.round((Math.max(...edges) + line) / 2)
        if (options.fresh) drop.cell(cellId)
        put.cell({ ...whole, id: ids.lower, labelX: labels.lower })
        put.cell({ ...whole, id: ids.upper, labelX: labels.upper })
        for (const home of [...buildings.values()]) {
          if (home.cell === cellId) put.home({ id: home.id, cell: options.isLower(home.id) ? ids.lower : ids.upper })
        }
      })
      return { edit, ...ids }
    },

    /** One cell takes in a neighbour. */
    mergeCells: (into: number, other: number) =>
      change((put, drop) => {
        for (const arc of around(other)) {
          if (arc.left === into || arc.right === into) drop.arc(arc.id)
          else put.arc({ ...arc, left: arc.left === other ? into : arc.left, right: arc.right === other ? into : arc.right })
        }
        drop.cell(other)
        for (const home of [...buildings.values()]) if (home.cell === other) put.home({ id: home.id, cell: into })
      }),

    /** The border between two cells; either may be null, outside. */
    border: (a: number | null, b: number | null) => arcOf(({ left, right }) => (left === a && right === b) || (left === b && right === a)),
  }
}

export type DrawnLand = ReturnType<typeof createDrawnLand>

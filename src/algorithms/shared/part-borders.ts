/**
 * Borders between the parts of a graph in compressed rows, kept while units move: arc k runs from `tail[k]` to
 * `head[k]` and is there from both sides; `arcs[0 … count−1]` are those whose ends lie in different parts, so that a
 * unit at a border can be drawn at random without looking for one.
 * Complexity of a move: O(borders of the unit).
 */
export class PartBorders {
  readonly tail: Int32Array
  readonly arcs: Int32Array
  count = 0
  private readonly mate: Int32Array
  /** Place of an arc in `arcs`, −1 where it is not there. */
  private readonly place: Int32Array

  /** @param label part by unit; only `move` may change it from now on */
  constructor(
    private readonly start: Uint32Array,
    /** The other end of an arc. */
    readonly head: Int32Array,
    private readonly label: Int32Array,
  ) {
    const size = head.length
    this.tail = new Int32Array(size)
    this.arcs = new Int32Array(size)
    this.mate = new Int32Array(size)
    this.place = new Int32Array(size).fill(-1)
    const arcOf = new Map<number, number>()
    for (let unit = 0; unit < label.length; unit++) {
      for (let k = start[unit]; k < start[unit + 1]; k++) {
        const other = head[k]
        this.tail[k] = unit
        if (label[unit] !== label[other]) this.add(k)
        if (other > unit) arcOf.set(unit * label.length + other, k)
        else {
          const mate = arcOf.get(other * label.length + unit)
          if (mate === undefined) throw new Error(`borders expected from both sides, got one from ${unit} to ${other} only`)
          this.mate[k] = mate
          this.mate[mate] = k
        }
      }
    }
  }

  move(unit: number, to: number): void {
    const { start, head, label, mate, place } = this
    label[unit] = to
    for (let k = start[unit]; k < start[unit + 1]; k++) {
      const isBorder = label[head[k]] !== to
      if (isBorder === place[k] >= 0) continue
      if (isBorder) {
        this.add(k)
        this.add(mate[k])
      } else {
        this.remove(k)
        this.remove(mate[k])
      }
    }
  }

  /** Whether the unit borders a unit of that part. */
  touches(unit: number, part: number): boolean {
    for (let k = this.start[unit]; k < this.start[unit + 1]; k++) if (this.label[this.head[k]] === part) return true
    return false
  }

  private add(arc: number): void {
    this.place[arc] = this.count
    this.arcs[this.count++] = arc
  }

  private remove(arc: number): void {
    const { arcs, place } = this
    const last = arcs[--this.count]
    arcs[place[arc]] = last
    place[last] = place[arc]
    place[arc] = -1
  }
}

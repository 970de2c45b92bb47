import type { ReadLimits } from '@/formats/read-limits'
import { ReadRefusal } from '@/formats/read-refusal'

/** Degrees are kept as integers of 1e-7, as OSM itself keeps them. */
const SCALE = 1e7

/** Nodes of an OSM file as columns: 16 bytes each, looked up by bisection. */
export class OsmNodes {
  #ids = new Float64Array(1 << 16)
  #lngLat = new Int32Array(1 << 17)
  #count = 0
  #sorted = true

  constructor(private readonly limits: ReadLimits) {}

  get count(): number {
    return this.#count
  }

  add(id: number, lng: number, lat: number): void {
    if (this.#count === this.#ids.length) this.#grow()
    if (this.#count > 0 && id <= this.#ids[this.#count - 1]) this.#sorted = false
    this.#ids[this.#count] = id
    this.#lngLat[2 * this.#count] = Math.round(lng * SCALE)
    this.#lngLat[2 * this.#count + 1] = Math.round(lat * SCALE)
    this.#count++
  }

  /** Put in order of id. Files from the usual tools already are. Call once all were added. */
  seal(): void {
    if (this.#sorted) return
    const order = Array.from({ length: this.#count }, (_, index) => index).sort((a, b) => this.#ids[a] - this.#ids[b])
    this.#ids = Float64Array.from(order, (index) => this.#ids[index])
    this.#lngLat = Int32Array.from(order.flatMap((index) => [this.#lngLat[2 * index], this.#lngLat[2 * index + 1]]))
    this.#sorted = true
  }

  /** Position of a node, degrees, or null where the file does not hold it. O(log n). */
  find(id: number): [number, number] | null {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const here = this.#ids[middle]
      if (here === id) return [this.#lngLat[2 * middle] / SCALE, this.#lngLat[2 * middle + 1] / SCALE]
      if (here < id) low = middle + 1
      else high = middle - 1
    }
    return null
  }

  #grow(): void {
    if (this.#count >= this.limits.vertices) throw new ReadRefusal('too_many_vertices', { limit: this.limits.vertices })
    const ids = new Float64Array(this.#ids.length * 2)
    ids.set(this.#ids)
    this.#ids = ids
    const lngLat = new Int32Array(this.#lngLat.length * 2)
    lngLat.set(this.#lngLat)
    this.#lngLat = lngLat
  }
}

export interface OsmWay {
  readonly id: number
  readonly refs: readonly number[]
  /** Null where it carries no tag of interest; it may still be part of a relation. */
  readonly tags: Readonly<Record<string, string>> | null
}

export interface OsmRelation {
  readonly id: number
  readonly tags: Readonly<Record<string, string>>
  readonly members: readonly { readonly way: number; readonly inner: boolean }[]
}

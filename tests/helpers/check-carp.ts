/**
 * Judges plans of capacitated arc routing from nothing but the file of the instance and the file of the plan. Shares no code
 * with the solver: it reads, walks and counts by itself.
 */

/** An instance as its file has it: `demand` 0 need not be served. */
export interface CarpInstance {
  readonly vertices: number
  readonly edges: readonly { readonly from: number; readonly to: number; readonly cost: number; readonly demand: number }[]
  readonly capacity: number
  readonly depot: number
}

/** A street of a route, walked from one vertex to another; edges are numbered by their order in the file. */
export interface CarpStep {
  readonly edge: number
  readonly from: number
  readonly to: number
}

const WHOLE_NUMBER = /^\d+$/

/**
 * Reads plain `.dat` (n, m, m lines `from to cost demand`, vehicles, capacity, …; depot 0) and CARPLIB text.
 *
 * @throws Error that says what was expected and what came
 */
export function readCarpInstance(text: string): CarpInstance {
  return /^\s*NOMBRE/.test(text) ? readCarplib(text) : readPlain(text)
}

function readPlain(text: string): CarpInstance {
  const words = text.trim().split(/\s+/)
  const wrong = words.find((word) => !WHOLE_NUMBER.test(word))
  if (wrong !== undefined) throw new Error(`expected whole numbers, got "${wrong}"`)
  const numbers = words.map(Number)
  const [vertices, count] = numbers
  if (!(numbers.length >= 4 + 4 * count)) throw new Error(`expected ${count} edges, vehicles and capacity, got ${numbers.length} numbers`)
  const edges = Array.from({ length: count }, (_, index) => {
    const [from, to, cost, demand] = numbers.slice(2 + 4 * index, 6 + 4 * index)
    return { from, to, cost, demand }
  })
  return { vertices, edges, capacity: numbers[3 + 4 * count], depot: 0 }
}

function readCarplib(text: string): CarpInstance {
  const field = (name: string) => {
    const found = new RegExp(`^\\s*${name}\\s*:\\s*(\\d+)`, 'm').exec(text)
    if (!found) throw new Error(`expected a line "${name} : number"`)
    return Number(found[1])
  }
  const lines = text.matchAll(/\(\s*(\d+)\s*,\s*(\d+)\s*\)\s*coste\s+(\d+)(?:\s+demanda\s+(\d+))?/g)
  const edges = [...lines].map(([, from, to, cost, demand]) => ({ from: +from, to: +to, cost: +cost, demand: Number(demand ?? 0) }))
  const required = edges.filter(({ demand }) => demand > 0).length
  if (required !== field('ARISTAS_REQ')) throw new Error(`expected ${field('ARISTAS_REQ')} required edges, got ${required}`)
  return { vertices: field('VERTICES'), edges, capacity: field('CAPACIDAD'), depot: field('DEPOSITO') }
}

/** A plan as text: one route a line, each step `edge:from>to`. */
export function writeCarpPlan(routes: readonly (readonly CarpStep[])[]): string {
  return routes.map((steps) => `${steps.map(({ edge, from, to }) => `${edge}:${from}>${to}`).join(' ')}\n`).join('')
}

/** @throws Error naming the first step that is not `edge:from>to` */
export function readCarpPlan(text: string): CarpStep[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) =>
    line.trim().split(/\s+/).map((word) => {
      const found = /^(\d+):(\d+)>(\d+)$/.exec(word)
      if (!found) throw new Error(`expected steps edge:from>to, got "${word}"`)
      return { edge: +found[1], from: +found[2], to: +found[3] }
    }),
  )
}

/**
 * What a plan costs.
 *
 * @throws Error where a required edge is not served exactly once, a step is no such edge, a route serves more than the capacity
 *   or cannot be walked
 */
export function judgeCarpPlan(instance: CarpInstance, routes: readonly (readonly CarpStep[])[]): number {
  const { edges, capacity, depot } = instance
  const served = new Set<number>()
  const lengthsFrom = new Map<number, number[]>()
  const length = (from: number, to: number) => {
    const lengths = lengthsFrom.get(from) ?? shortestLengths(instance, from)
    lengthsFrom.set(from, lengths)
    if (!Number.isFinite(lengths[to])) throw new Error(`there is no way from vertex ${from} to ${to}`)
    return lengths[to]
  }
  let total = 0
  for (const [index, steps] of routes.entries()) {
    let load = 0
    let at = depot
    for (const { edge, from, to } of steps) {
      const street = edges[edge]
      const isForward = street?.from === from && street.to === to
      const isBackward = street?.from === to && street.to === from
      if (!isForward && !isBackward) throw new Error(`route ${index}: there is no edge ${edge} from ${from} to ${to}`)
      if (street.demand === 0) throw new Error(`route ${index}: edge ${edge} need not be served`)
      if (served.has(edge)) throw new Error(`route ${index}: edge ${edge} is served twice`)
      served.add(edge)
      load += street.demand
      total += length(at, from) + street.cost
      at = to
    }
    total += length(at, depot)
    if (load > capacity) throw new Error(`route ${index}: serves ${load}, capacity ${capacity}`)
  }
  const missed = edges.findIndex(({ demand }, edge) => demand > 0 && !served.has(edge))
  if (missed >= 0) throw new Error(`edge ${missed} is not served`)
  return total
}

/** By Bellman and Ford with a queue: another method than the solver's. */
function shortestLengths({ vertices, edges }: CarpInstance, source: number): number[] {
  const streetsOf = streetsByVertex(vertices, edges)
  const lengths = new Array<number>(vertices).fill(Infinity)
  lengths[source] = 0
  const queue = [source]
  const isQueued = new Set(queue)
  for (let head = 0; head < queue.length; head++) {
    const vertex = queue[head]
    isQueued.delete(vertex)
    for (const { other, cost } of streetsOf[vertex]) {
      if (lengths[vertex] + cost >= lengths[other]) continue
      lengths[other] = lengths[vertex] + cost
      if (isQueued.has(other)) continue
      queue.push(other)
      isQueued.add(other)
    }
  }
  return lengths
}

type Streets = readonly { readonly other: number; readonly cost: number }[][]

const streetsKept = new WeakMap<CarpInstance['edges'], Streets>()

function streetsByVertex(vertices: number, edges: CarpInstance['edges']): Streets {
  const kept = streetsKept.get(edges)
  if (kept) return kept
  const streets: { other: number; cost: number }[][] = Array.from({ length: vertices }, () => [])
  for (const { from, to, cost } of edges) {
    streets[from].push({ other: to, cost })
    streets[to].push({ other: from, cost })
  }
  streetsKept.set(edges, streets)
  return streets
}

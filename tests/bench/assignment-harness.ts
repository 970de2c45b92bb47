import { parentPort, workerData } from 'node:worker_threads'
import { nearPairs } from '@/algorithms/assignment/near-pairs'
import { resolveTransport } from '@/algorithms/assignment/resolve-transport'
import { solveNearby } from '@/algorithms/assignment/solve-nearby'
import { solveTransport } from '@/algorithms/assignment/solve-transport'
import type { TransportChange, TransportSolution } from '@/algorithms/assignment/transport-problem'
import { DECIMETRES, type AssignmentInstance } from '../helpers/assignment-instances'

/** What a worker is asked: the arcs to the nearest both ways, all pairs, or the former and then changes of single members. */
export interface AssignmentTask {
  readonly instance: AssignmentInstance
  readonly mode: 'near' | 'all' | 'change'
}

export interface AssignmentAnswer {
  readonly searchMs: number
  readonly solveMs: number
  readonly solution: TransportSolution
  /** One after the other, each a change of the first solution; with what solving from scratch finds and takes. */
  readonly changes: readonly { what: string; ms: number; scratchMs: number; found: number[]; scratch: number[] }[]
  /** Largest memory the whole process has had. */
  readonly peakMb: number
}

/** Members that are changed each way. */
const CHANGED = 6

export function runTask({ instance, mode }: AssignmentTask): AssignmentAnswer {
  const { parts, members, supply, min, max, neighbours } = instance
  const begun = performance.now()
  if (mode === 'all') {
    const solution = solveNearby({ parts, members, supply, min, max, costsAMetre: DECIMETRES })
    return { searchMs: 0, solveMs: performance.now() - begun, solution, changes: [], peakMb: peakMb() }
  }
  const { part, member, lengthM } = nearPairs(parts, members, neighbours)
  const cost = new Int32Array(lengthM.length)
  for (let at = 0; at < cost.length; at++) cost[at] = Math.round(lengthM[at] * DECIMETRES)
  const searchMs = performance.now() - begun
  const solution = solveTransport({ supply, min, max, arcs: { part, member, cost } })
  const solveMs = performance.now() - begun - searchMs
  return { searchMs, solveMs, solution, changes: mode === 'change' ? changeMembers(solution) : [], peakMb: peakMb() }
}

const peakMb = () => process.resourceUsage().maxRSS / 1000

/** Members spread over the instance: taken out, limits narrowed and widened, and one more beside them. */
function changeMembers(before: TransportSolution): AssignmentAnswer['changes'] {
  const { min, max, arcs } = before.problem
  const kinds: [what: string, change: (member: number) => TransportChange][] = [
    ['out', (member) => ({ limits: [{ member, min: 0, max: 0 }] })],
    ['narrower', (member) => ({ limits: [{ member, min: min[member], max: Math.max(min[member], Math.floor(max[member] / 2)) }] })],
    ['wider', (member) => ({ limits: [{ member, min: min[member], max: 2 * max[member] }] })],
    ['in', (member) => ({
      members: [{ min: min[member], max: max[member] }],
      arcs: [...arcs.cost.keys()]
        .filter((arc) => arcs.member[arc] === member)
        .map((arc) => ({ part: arcs.part[arc], member: min.length, cost: arcs.cost[arc] })),
    })],
  ]
  return kinds.flatMap(([what, changeOf]) =>
    Array.from({ length: CHANGED }, (_, at) => {
      const change = changeOf(Math.floor((at * min.length) / CHANGED))
      const begun = performance.now()
      const after = resolveTransport(before, change)
      const ms = performance.now() - begun
      const scratch = solveTransport(after.problem)
      return { what, ms, scratchMs: performance.now() - begun - ms, found: figuresOf(after), scratch: figuresOf(scratch) }
    }),
  )
}

const figuresOf = ({ unservedUnits, shortUnits, objective }: TransportSolution) => [unservedUnits, shortUnits, objective]

parentPort?.postMessage(runTask(workerData as AssignmentTask))

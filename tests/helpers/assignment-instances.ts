import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Places } from '@/algorithms/assignment/near-pairs'

/** Members and buildings of a folder of assignment instances, with the optimum where one is known. */
export interface AssignmentInstance {
  readonly name: string
  readonly buildingIds: readonly string[]
  readonly memberIds: readonly string[]
  readonly parts: Places
  readonly members: Places
  readonly supply: Int32Array
  readonly min: Int32Array
  readonly max: Int32Array
  /** Nearest both ways among which the reference is best; Infinity: all. */
  readonly neighbours: number
  readonly referenceM: number | null
}

/** Costs are whole decimetres, rounded: so are those of the references. */
export const DECIMETRES = 10

/** Instances of a folder (NAME.buildings.csv, NAME.members.csv, reference.csv), smallest first; none where it is absent. */
export function readAssignmentInstances(folder: string): AssignmentInstance[] {
  if (!existsSync(folder)) return []
  const references = new Map(rowsOf(join(folder, 'reference.csv')).map((row) => [row.instance, row]))
  return readdirSync(folder)
    .flatMap((file) => /^(.+)\.buildings\.csv$/.exec(file)?.[1] ?? [])
    .filter((name) => existsSync(join(folder, `${name}.members.csv`)))
    .map((name) => {
      const buildings = rowsOf(join(folder, `${name}.buildings.csv`))
      const members = rowsOf(join(folder, `${name}.members.csv`))
      const reference = references.get(name)
      const neighbours = Number(reference?.neighbours ?? 60)
      return {
        name,
        buildingIds: buildings.map((row) => row.id),
        memberIds: members.map((row) => row.id),
        parts: placesOf(buildings),
        members: placesOf(members),
        supply: Int32Array.from(buildings, (row) => Number(row.households)),
        min: Int32Array.from(members, (row) => Number(row.min)),
        max: Int32Array.from(members, (row) => Number(row.max)),
        neighbours: neighbours > 0 ? neighbours : Infinity,
        referenceM: reference ? Number(reference.total_m) : null,
      }
    })
    .sort((a, b) => a.memberIds.length - b.memberIds.length || (a.name < b.name ? -1 : 1))
}

const placesOf = (rows: readonly Record<string, string>[]): Places => ({
  x: Float64Array.from(rows, (row) => Number(row.x_m)),
  y: Float64Array.from(rows, (row) => Number(row.y_m)),
})

function rowsOf(file: string): Record<string, string>[] {
  if (!existsSync(file)) return []
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const columns = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  })
}

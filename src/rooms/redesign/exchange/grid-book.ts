import { newUuid } from '@/core/ids'
import type { GridRecord } from '@/core/plan'
import { toGridRecord, type PlanState } from '@/core/plan-index'

/** How a file names a grid. */
export interface GridName {
  readonly gridId: string
  readonly gridCode: string
  readonly gridName: string
  readonly kind?: 'basic' | 'dedicated' | null
}

/** Grids of a plan as a file names them: found, changed, or made anew. */
export interface GridBook {
  /**
   * The grid a name means in a community (by index): by identity, else by code, else by its name within the community; else a new one
   * where the code is of the community. Null where none can be meant; `elsewhere` where it is one of another community.
   */
  find(name: GridName, community: number): { readonly record: GridRecord; readonly isNew: boolean } | 'elsewhere' | null
  /** What became of the grids that were found: new ones, and those whose code, name or kind the file gives otherwise. */
  changes(): readonly { readonly before: GridRecord | null; readonly after: GridRecord }[]
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const MOST_CODE = 24
const MOST_NAME = 80

export function openGridBook({ context, document }: PlanState): GridBook {
  const before = new Map<string, GridRecord>()
  for (const grid of document.grids) if (grid) before.set(grid.id, toGridRecord(context, grid))
  const after = new Map<string, GridRecord>()
  const byCode = new Map<string, string>()
  const byName = new Map<string, string | null>()
  const nameKey = (communityId: number, name: string) => `${communityId} ${name}`
  const enter = (record: GridRecord) => {
    byCode.set(record.code, record.id)
    const key = nameKey(record.communityId, record.name)
    // A name that two grids bear names neither.
    byName.set(key, byName.has(key) && byName.get(key) !== record.id ? null : record.id)
  }
  for (const record of before.values()) enter(record)

  function known(name: GridName, communityId: number): string | null {
    const id = name.gridId.toLowerCase()
    if (before.has(id) || after.has(id)) return id
    const coded = byCode.get(name.gridCode)
    if (name.gridCode !== '') return coded ?? null
    return byName.get(nameKey(communityId, name.gridName)) ?? null
  }

  return {
    find(name, community) {
      const { id: communityId, code: communityCode } = context.communities[community]
      const id = known(name, communityId)
      if (id === null) {
        const isOfCommunity = name.gridCode.startsWith(communityCode) && /^\d{3,}$/.test(name.gridCode.slice(communityCode.length))
        if (!isOfCommunity || name.gridCode.length > MOST_CODE) return null
        const record: GridRecord = {
          id: UUID.test(name.gridId.toLowerCase()) ? name.gridId.toLowerCase() : newUuid(),
          code: name.gridCode,
          name: (name.gridName || name.gridCode).slice(0, MOST_NAME),
          communityId,
          kind: name.kind ?? 'basic',
          locked: false,
        }
        after.set(record.id, record)
        enter(record)
        return { record, isNew: true }
      }
      const found = after.get(id) ?? before.get(id)!
      if (found.communityId !== communityId) return 'elsewhere'
      if (after.has(id)) return { record: found, isNew: false }
      const record: GridRecord = {
        ...found,
        code: name.gridCode !== '' && name.gridCode.length <= MOST_CODE ? name.gridCode : found.code,
        name: name.gridName !== '' ? name.gridName.slice(0, MOST_NAME) : found.name,
        kind: name.kind ?? found.kind,
      }
      after.set(id, record)
      return { record, isNew: false }
    },
    changes: () => [...after.values()].map((record) => ({ before: before.get(record.id) ?? null, after: record })),
  }
}

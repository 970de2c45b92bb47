import { makeIdIndex } from '@/core/id-index'
import type { IssueScope, IssueSettings } from '@/core/issues/issue-scope'
import type { Scope } from '@/core/scope'

/** The columns as they arrive, in ids, 0 for none; see `public.issue_scope`. */
export interface IssueScopeJson {
  readonly version: 1
  readonly landId: number
  /** Clock of the server, ms since 1970. */
  readonly now: number
  readonly settings: IssueSettings
  readonly issues: {
    readonly [K in
      | 'id' | 'lngLat' | 'building' | 'community' | 'grid' | 'handler' | 'category' | 'state' | 'level' | 'topLevel' | 'outcome' | 'source'
      | 'reported' | 'claimed' | 'finished' | 'closed' | 'published' | 'due' | 'onTime' | 'satisfaction' | 'reminders' | 'duplicateOf']: readonly number[]
  } & { readonly number: readonly string[]; readonly title: readonly string[] }
  /** Grids and handlers that the columns name by their place, from 1. */
  readonly grids: readonly string[]
  readonly handlers: readonly { readonly personId: string; readonly name: string }[]
}

/**
 * Ids → positions in the street of the same land. Slips of communities that the street does not show are left out. Linear
 * in the size of the answer.
 */
export function decodeIssueScope(json: IssueScopeJson, scope: Pick<Scope, 'buildings' | 'communities'>): IssueScope {
  const buildingAt = makeIdIndex(scope.buildings.ids)
  const communityAt = makeIdIndex(Int32Array.from(scope.communities, ({ id }) => id))
  const { issues } = json
  const rows = [...issues.id.keys()].filter((k) => communityAt.get(issues.community[k]) !== undefined)
  const ints = (column: readonly number[]): Int32Array => Int32Array.from(rows, (k) => column[k])
  const bytes = (column: readonly number[]): Uint8Array => Uint8Array.from(rows, (k) => column[k])
  const times = (column: readonly number[]): Uint32Array => Uint32Array.from(rows, (k) => column[k])
  return {
    landId: json.landId,
    nowMs: json.now,
    settings: json.settings,
    issues: {
      count: rows.length,
      ids: ints(issues.id),
      numbers: rows.map((k) => issues.number[k]),
      titles: rows.map((k) => issues.title[k]),
      lngLat: Float64Array.from(rows.flatMap((k) => [issues.lngLat[2 * k], issues.lngLat[2 * k + 1]])),
      building: Int32Array.from(rows, (k) => buildingAt.get(issues.building[k]) ?? -1),
      community: Int32Array.from(rows, (k) => communityAt.get(issues.community[k]) ?? -1),
      gridIds: rows.map((k) => json.grids[issues.grid[k] - 1] ?? ''),
      category: bytes(issues.category),
      state: bytes(issues.state),
      level: bytes(issues.level),
      topLevel: bytes(issues.topLevel),
      outcome: bytes(issues.outcome),
      source: bytes(issues.source),
      reportedS: times(issues.reported),
      claimedS: times(issues.claimed),
      finishedS: times(issues.finished),
      closedS: times(issues.closed),
      publishedS: times(issues.published),
      dueS: times(issues.due),
      onTime: bytes(issues.onTime),
      satisfaction: bytes(issues.satisfaction),
      reminders: bytes(issues.reminders),
      duplicateOf: ints(issues.duplicateOf),
      handler: Int32Array.from(rows, (k) => issues.handler[k] - 1),
      handlers: json.handlers,
    },
  }
}

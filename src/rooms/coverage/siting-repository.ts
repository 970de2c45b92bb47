import type { SitedStation, SitingScenario, SitingTask } from '@/core/coverage/siting'
import type { BuildingAccess } from '@/core/coverage/coverage-scope'
import type { Scope } from '@/core/scope'
import { inBrowserTable } from '@/data/browser-table'
import { callWrite } from '@/data/call-write'

type Land = Pick<Scope, 'landId' | 'communities'>

const taskOf = ({ communities, ...task }: SitingTask, scope: Land) => ({ ...task, communityIds: communities.map((community) => scope.communities[community].id) })
const siteOf = ({ community, ...site }: SitedStation, scope: Land) => ({ ...site, communityId: scope.communities[community].id })

/**
 * Save a scenario whole on the revision that was read; 0: a new one. `not_allowed`, `siting_invalid` {field, index}, `siting_state` {state},
 * `stale` {revision, by, at}.
 */
export const saveSitingScenario = ({ id, title, task, sites, figures, value, bound }: SitingScenario, revision: number, scope: Land) =>
  callWrite<{ id: string; number: number; revision: number }>('save_siting_scenario', {
    p_scenario: { ...(id === '' ? {} : { id }), landId: scope.landId, title, task: taskOf(task, scope), sites: sites.map((site) => siteOf(site, scope)), figures, value, bound },
    p_revision: revision,
  })

/** Walks of all buildings of communities, measured for these revisions; the k-th site of the scenario is station −k, from 1. */
export interface PublishedAccess extends Pick<BuildingAccess, 'accessCm' | 'stationIds' | 'walkCm'> {
  readonly communities: readonly number[]
  readonly revisions: readonly number[]
  /** Database ids. */
  readonly building: Int32Array
}

/** Make stations of the sites of a draft. `stale`, `siting_state` {state}, `access_stale` {communityIds}: measure again, `access_invalid` {field, index}. */
export const publishSitingScenario = (id: string, revision: number, { communities, revisions, ...columns }: PublishedAccess) =>
  callWrite<{ id: string; revision: number; stations: number[] }>('publish_siting_scenario', {
    p_scenario: id, p_revision: revision,
    p_access: { communities, revisions, building: [...columns.building], accessCm: [...columns.accessCm], stationIds: [...columns.stationIds], walkCm: [...columns.walkCm] },
  })

/** Give a draft up. `siting_state` {state}. */
export const discardSitingScenario = (id: string) => callWrite<{ id: string }>('discard_siting_scenario', { p_scenario: id })

// ── what is not saved, in this browser ────────────────────────────────────────────────────────────────────────────────

/** A scenario the server has not confirmed. */
export interface KeptScenario {
  readonly scenario: SitingScenario
  /** As the server has it; null: it has none. */
  readonly saved: SitingScenario | null
}

/** Where it waits; an interface so that a test needs no browser. Rejects where the browser keeps nothing or has no room. */
export interface ScenarioShelf {
  put(personId: string, landId: number, kept: KeptScenario | null): Promise<void>
  get(personId: string, landId: number): Promise<KeptScenario | null>
}

const DATABASE = 'gewu-siting'
/** Keys begin with the person: another one at the same desk is not shown it. */
const keyOf = (personId: string, landId: number): string => `${personId}/${landId}`
const rangeOf = (personId: string): IDBKeyRange => IDBKeyRange.bound(`${personId}/`, `${personId}/\uffff`)

/** One scenario a person and street, in IndexedDB. */
export const browserShelf: ScenarioShelf = {
  put: (personId, landId, kept) =>
    inBrowserTable(DATABASE, 'readwrite', (table) => (kept ? table.put(kept, keyOf(personId, landId)) : table.delete(keyOf(personId, landId)))).then(() => undefined),
  get: (personId, landId) => inBrowserTable<KeptScenario | undefined>(DATABASE, 'readonly', (table) => table.get(keyOf(personId, landId))).then((kept) => kept ?? null),
}

/** Scenarios of a person over all streets that are not saved, for the question before leaving. */
export const unsavedScenarios = {
  count: (personId: string): Promise<number> => inBrowserTable(DATABASE, 'readonly', (table) => table.count(rangeOf(personId))),
  async drop(personId: string): Promise<void> {
    await inBrowserTable(DATABASE, 'readwrite', (table) => table.delete(rangeOf(personId)))
  },
}

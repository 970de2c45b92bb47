import type { CoverageSettings } from '@/core/coverage/coverage-scope'
import type { Compound } from '@/core/scope'
import { callRpc } from '@/data/call-rpc'
import { callWrite } from '@/data/call-write'
import { loadUnitSettings, saveUnitSettings } from '@/data/unit-settings'

/** All throw `DataError`. */

/** Ask the members who keep contact with households to visit them until a day, ISO. `not_allowed`, `visit_invalid` {field}. */
export const planVisits = (landId: number, householdIds: readonly number[], dueOn: string) =>
  callWrite<{ readonly tasks: readonly number[]; readonly withoutMember: readonly number[]; readonly planned: readonly number[] }>('plan_visits', { p_land: landId, p_households: householdIds, p_due: dueOn })

/** Give up visits that were asked for. */
export const dropVisitTasks = (taskIds: readonly number[]) => callWrite<{ readonly tasks: readonly number[] }>('drop_visit_tasks', { p_tasks: taskIds })

/** Who manages a compound from now on; answers how it stood before, with which it can be undone. `not_allowed`, `stale`. @param expected how it was seen to stand */
export const setCompoundStatus = (compoundId: number, expected: Compound['status'], status: Compound['status'], note: string | null) =>
  callWrite<{ readonly former: Pick<Compound, 'status' | 'note'> }>('set_compound_status', { p_compound: compoundId, p_expected: expected, p_status: status, p_note: note })

/** Keep what today comes to, so that the days are told. */
export const refreshGapDay = (landId: number) => callRpc<{ readonly day: string; readonly communities: number }>('refresh_gap_day', { p_land: landId })

/** Rules of a unit by which households count as served. */
export const loadCoverageSettings = (orgUnitId: number) => loadUnitSettings<CoverageSettings>('coverage_settings', 'coverage', orgUnitId)
export const saveCoverageSettings = (orgUnitId: number, settings: CoverageSettings, revision: number) => saveUnitSettings('coverage', orgUnitId, settings, revision)

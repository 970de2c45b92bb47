import type { PatrolSettings } from '@/core/patrol/patrol-scope'
import { loadUnitSettings, saveUnitSettings } from '@/data/unit-settings'

/** Rules of patrols of a unit. */
export const loadPatrolSettings = (orgUnitId: number) => loadUnitSettings<PatrolSettings>('patrol_settings', 'patrol', orgUnitId)
export const savePatrolSettings = (orgUnitId: number, settings: PatrolSettings, revision: number) => saveUnitSettings('patrol', orgUnitId, settings, revision)

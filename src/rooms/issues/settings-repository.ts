import type { IssueSettings } from '@/core/issues/issue-scope'
import { loadUnitSettings, saveUnitSettings } from '@/data/unit-settings'

/** Rules of slips of a unit. */
export const loadIssueSettings = (orgUnitId: number) => loadUnitSettings<IssueSettings>('issue_settings', 'issues', orgUnitId)
export const saveIssueSettings = (orgUnitId: number, settings: IssueSettings, revision: number) => saveUnitSettings('issues', orgUnitId, settings, revision)

import type { GridSettings } from '@/core/scope'

export const COMMUNITY_KINDS = ['urban', 'rural'] as const
export type CommunityKind = (typeof COMMUNITY_KINDS)[number]

/** What is wrong with aims, and where: i18n key below `aims.fault`. */
export interface SettingsFault {
  readonly field: `${CommunityKind}.${'lower' | 'target' | 'upper'}` | 'minMembers'
  readonly code: 'not_whole' | 'too_large' | 'lower_above_target' | 'target_above_upper' | 'target_zero'
}

/** No grid holds more; the server's limits too. */
const MOST = 100_000
const MOST_MEMBERS = 1000

/** Name what is wrong with settings, by field, the first fault of each. */
export function checkSettings(settings: GridSettings): SettingsFault[] {
  const faults: SettingsFault[] = []
  const isWhole = (value: number) => Number.isInteger(value) && value >= 0
  for (const kind of COMMUNITY_KINDS) {
    const { lower, target, upper } = settings[kind]
    const bad = (['lower', 'target', 'upper'] as const).flatMap((field): SettingsFault[] => {
      const value = settings[kind][field]
      if (!isWhole(value)) return [{ field: `${kind}.${field}`, code: 'not_whole' }]
      return value > MOST ? [{ field: `${kind}.${field}`, code: 'too_large' }] : []
    })
    faults.push(...bad)
    if (bad.length > 0) continue
    if (target === 0) faults.push({ field: `${kind}.target`, code: 'target_zero' })
    else if (target > upper) faults.push({ field: `${kind}.target`, code: 'target_above_upper' })
    else if (lower > target) faults.push({ field: `${kind}.lower`, code: 'lower_above_target' })
  }
  if (!isWhole(settings.minMembers)) faults.push({ field: 'minMembers', code: 'not_whole' })
  else if (settings.minMembers > MOST_MEMBERS) faults.push({ field: 'minMembers', code: 'too_large' })
  return faults
}

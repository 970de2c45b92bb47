import type { GapReason } from '@/core/coverage/gap'
import type { Station } from '@/core/scope'
import { formatAge, formatDate, formatNumber } from '@/ui/format'
import { useI18n } from 'vue-i18n'
import { useRoom } from './use-room'

const DAY_MS = 86_400_000

/** Words that several parts of the room say gaps in. */
export function useGapWords() {
  const room = useRoom()
  const { store, t, locale } = room
  const { t: words } = useI18n()
  const categoryName = (code: number): string => words(`category.${code}`)
  const levelName = (level: Station['level']): string => words(`station.${level}`)
  /** A walk to the metre, as the limits are told: 372 m. */
  const walkWords = (walkCm: number): string => t('metres', { m: formatNumber(Math.round(walkCm / 100)) })
  /** A reason by its name; too far with its limit where it is one for all that is shown. */
  function reasonWords(reason: GapReason): string {
    if (reason !== 'station_too_far' || !store.coverageScope) return t(`reason.${reason}`)
    const { settings } = store.coverageScope
    const limits = new Set(store.community === null ? settings.map(({ stationLimitM }) => stationLimitM) : [settings[store.community].stationLimitM])
    return limits.size === 1 ? t('reason.station_beyond', { m: [...limits][0] }) : t('reason.station_too_far')
  }
  /** A day that counts from 1970, and how long ago it was: 2026年11月2日（20 天前）. */
  function dayWords(day: number): string {
    const iso = new Date(day * DAY_MS).toISOString().slice(0, 10)
    const age = day === store.todayNumber ? t('today') : formatAge(iso, locale.value, store.todayNumber * DAY_MS)
    return t('dayAndAge', { day: formatDate(iso, locale.value), age })
  }
  /** 润泽苑 2号楼 301: where a household (index) lives; outside compounds the address, as buildings have no name or one that others have too. */
  function doorWords(household: number): string {
    const { scope, coverageScope } = store
    if (!scope || !coverageScope) return ''
    const building = coverageScope.households.building[household]
    const { names, addresses, compound } = scope.buildings
    const inCompound = compound[building] >= 0 && names[building] !== ''
    const place = inCompound ? [scope.compounds[compound[building]].name, names[building]] : [addresses[building] || names[building]]
    return [...place, coverageScope.households.rooms[household]].filter(Boolean).join(' ')
  }
  function selectHousehold(household: number): void {
    if (!store.coverageScope) return
    const { ids, building } = store.coverageScope.households
    room.workspace.selection.set({ kind: 'household', householdId: ids[household], buildingIndex: building[household] })
  }
  return { ...room, categoryName, levelName, walkWords, reasonWords, dayWords, doorWords, selectHousehold }
}

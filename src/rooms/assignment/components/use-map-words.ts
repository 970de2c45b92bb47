import { formatNumber } from '@/ui/format'
import { useAssignmentMap } from '../map-store'
import { walkWords } from '../hover-words'
import type { MemberRow } from '../operations/member-rows'
import type { Walk } from '../picture'
import { buildingWords, doorWords, homeWords, householdWords } from '../place-words'
import { useI18n } from 'vue-i18n'
import { useRoom } from './use-room'

/** Words of what the map's lists speak of: members, doors, walks, limits; with the room's and the map's stores. */
export function useMapWords() {
  const room = useRoom()
  const view = useAssignmentMap()
  /** Words of the map and its lists. */
  const t = (key: string, values: Record<string, string | number> = {}) => room.t(`map.${key}`, values)
  const { t: translate } = useI18n()
  const withPicture = <T>(read: (picture: NonNullable<typeof view.picture>) => T, without: T): T => (view.picture ? read(view.picture) : without)
  return {
    ...room,
    t,
    view,
    /** Words of the shell, the same in every room. */
    categoryName: (code: number) => translate(`category.${code}`),
    buildingOf: (building: number) => withPicture((picture) => buildingWords(picture, building), ''),
    doorOf: (household: number) => withPicture((picture) => doorWords(picture, household), ''),
    placeOf: (household: number) => withPicture((picture) => householdWords(picture, household), ''),
    homeOf: (member: number) => withPicture((picture) => homeWords(picture, member), ''),
    walkOf: (walk: Walk | null) => walkWords(t, walk),
    metres: (m: number, isStraight: boolean) => (Number.isNaN(m) ? '–' : t(isStraight ? 'walk.straight' : 'walk.street', { m: formatNumber(m) })),
    /** Limits as they bind: households, or buildings where whole ones are shared out. */
    limitsOf: (row: MemberRow) =>
      row.byBuilding
        ? t('limits.buildings', { min: row.min })
        : row.max === Infinity
          ? t('limits.from', { min: row.min })
          : t('limits.band', { min: row.min, max: row.max }),
  }
}

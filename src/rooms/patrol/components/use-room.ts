import { useMap } from '@/map/use-map'
import { roundLength } from '@/ui/format'
import { useWorkspace } from '@/ui/use-workspace'
import { useI18n } from 'vue-i18n'
import { connectRoom } from '../connect'
import { usePatrolStore } from '../store'

/** What every component of the room begins with: the connected store, words, workspace and map. */
export function useRoom() {
  const store = usePatrolStore()
  const workspace = useWorkspace()
  const map = useMap()
  const { t: translate, te, locale } = useI18n()
  connectRoom(store, workspace, map, (key, values) => translate(key, values))
  /** Words of this room. */
  const t = (key: string, values: Record<string, string | number> = {}) => translate(`patrol.${key}`, values)
  /** Length of a walk or of a way, rounded as it is said. */
  function lengthWords(lengthM: number): string {
    const length = roundLength(lengthM)
    return 'm' in length ? t('own.length.m', { m: length.m }) : t('own.length.km', { km: length.km })
  }
  const communityName = (community: number): string => store.scope?.communities[community]?.name ?? ''
  return { store, workspace, map, t, te, locale, lengthWords, communityName }
}

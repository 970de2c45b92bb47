import { useMap } from '@/map/use-map'
import { useWorkspace } from '@/ui/use-workspace'
import { useI18n } from 'vue-i18n'
import { connectRoom } from '../connect'
import { useCoverageStore } from '../store'

/** What every component of the room begins with: the connected store, words, workspace and map. */
export function useRoom() {
  const store = useCoverageStore()
  const workspace = useWorkspace()
  const map = useMap()
  const { t: translate, te, locale } = useI18n()
  connectRoom(store, workspace, map, (key, values) => translate(key, values))
  /** Words of this room. */
  const t = (key: string, values: Record<string, string | number> = {}) => translate(`coverage.${key}`, values)
  const communityName = (community: number): string => store.scope?.communities[community]?.name ?? ''
  return { store, workspace, map, t, te, locale, communityName }
}

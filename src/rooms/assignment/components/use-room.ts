import { useMap } from '@/map/use-map'
import { useWorkspace } from '@/ui/use-workspace'
import { useI18n } from 'vue-i18n'
import { connectRoom } from '../connect'
import { useAssignmentMap } from '../map-store'
import { useAssignmentStore } from '../store'

/** What every component of the room begins with: the connected store, words, workspace and map. */
export function useRoom() {
  const store = useAssignmentStore()
  const picture = useAssignmentMap()
  const workspace = useWorkspace()
  const map = useMap()
  const { t: translate, te, locale } = useI18n()
  connectRoom(store, workspace, map, (key, values) => translate(key, values))
  /** Words of this room. */
  const t = (key: string, values: Record<string, string | number> = {}) => translate(`assignment.${key}`, values)
  /** What the server's code means, or its own words. */
  const reasonOf = (error: { code: string; message: string }) =>
    te(`assignment.error.${error.code}`) ? t(`error.${error.code}`, { message: error.message }) : error.message
  /** Words of an edit: own notes, and notes that take another back. */
  function noteWords(note: { key: string; values?: Readonly<Record<string, string | number>> } | null): string {
    if (!note) return ''
    if (note.key === 'plan.note.undone') return t('history.undoWhat', { what: noteWords({ key: String(note.values?.note), values: note.values }) })
    return te(note.key) ? translate(note.key, { ...note.values }) : t('note.other')
  }
  /** Name of a unit of the street by its id. */
  const unitName = (id: number | null): string => store.scope?.orgUnits.find((unit) => unit.id === id)?.name ?? ''
  const communityName = (community: number): string => store.scope?.communities[community]?.name ?? ''
  /** Masked name, by index; a number before names arrived. */
  const memberName = (member: number): string =>
    picture.picture?.nameOf(member) || t('memberNumber', { id: store.assignmentScope?.members.ids[member] ?? '' })
  /** Where a household is: its building's address and its room. */
  function householdName(household: number): string {
    const scope = store.scope
    const here = store.assignmentScope?.households
    if (!scope || !here || household < 0) return ''
    const building = here.building[household]
    const place = building < 0 ? '' : scope.buildings.addresses[building] || scope.buildings.names[building]
    return [place, here.rooms[household]].filter((part) => part !== '').join(' ')
  }
  return { store, workspace, map, t, te, locale, reasonOf, noteWords, unitName, communityName, memberName, householdName }
}

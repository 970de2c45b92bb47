import { newUuid } from '@/core/ids'
import { toLngLat } from '@/core/land-frame'
import type { PlanNote } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { GestureMode, MapEngine } from '@/map/contracts'
import { computed, ref, shallowRef, type Ref } from 'vue'
import { placing } from './hand'
import { addNoteLayers, drawNotes } from './layers-pinned'

export interface NotesHost {
  map(): MapEngine | null
  session(): PlanSession | null
  editing(): boolean
  tick: Ref<number>
  takeMode(mode: GestureMode | null): void
  say(key: string, values?: Record<string, string | number>): void
}

/** Letters a note may have; the server's limit too. */
export const NOTE_LONGEST = 500

/** Notes pinned to the map: a click says where, the panel takes the words. Part of the draft, undone and saved as any edit. */
export function createNotes(host: NotesHost) {
  const on = ref(false)
  /** The note whose words are being written; a new one has none yet. */
  const open = shallowRef<PlanNote | null>(null)
  let takeAway: (() => void) | null = null

  const list = computed<readonly PlanNote[]>(() => (host.tick.value >= 0 ? (host.session()?.document.notes ?? []) : []))

  function draw(): void {
    const map = host.map()
    const session = host.session()
    if (!map || !session || !takeAway) return
    const { frame } = session.context.land
    const notes = session.document.notes ?? []
    const pins = open.value && !notes.some(({ id }) => id === open.value!.id) ? [...notes, open.value] : notes
    drawNotes(map, pins.map(({ id, x, y, text }) => ({ at: toLngLat(frame, x, y), text, open: id === open.value?.id })))
  }

  const place = placing(() => host.session()!)
  const mode: GestureMode = {
    id: 'redesign:note',
    cursor: 'crosshair',
    leave() {
      on.value = false
    },
    down(event) {
      const { x, y } = place.toLattice(event.at)
      open.value = { id: newUuid(), x: Math.round(x), y: Math.round(y), text: '' }
      draw()
      setOn(false)
    },
    cancel: () => false,
  }

  function setOn(next: boolean): void {
    host.takeMode(next && host.editing() ? mode : null)
    on.value = next && host.editing()
  }

  function edit(note: PlanNote | null): void {
    open.value = note
    draw()
  }

  /** Put a note, new or changed; null takes it away. */
  function put(id: string, after: PlanNote | null): void {
    const session = host.session()
    if (!session || !host.editing()) return
    const before = session.document.notes?.find((note) => note.id === id) ?? null
    const words = after && { ...after, text: after.text.trim().slice(0, NOTE_LONGEST) }
    edit(null)
    if (words?.text === '' || before?.text === words?.text) return draw()
    const key = `redesign.note.${before === null ? 'noteAdded' : words === null ? 'noteGone' : 'noteChanged'}`
    const text = (words ?? before)!.text
    const done = session.apply({ cells: [], grids: [], notes: [{ before, after: words }] }, { key, values: { text: text.length > 20 ? `${text.slice(0, 20)}…` : text } })
    if (!done.ok) host.say('notes.refused', { reason: done.code })
    draw()
  }

  function locate(note: PlanNote): void {
    const map = host.map()
    const session = host.session()
    if (!map || !session) return
    const { frame } = session.context.land
    const REACH = 20000
    map.fit([...toLngLat(frame, note.x - REACH, note.y - REACH), ...toLngLat(frame, note.x + REACH, note.y + REACH)], { maxZoom: 17 })
  }

  function enter(): void {
    const map = host.map()
    if (map && !takeAway) takeAway = addNoteLayers(map)
    draw()
  }

  function leave(): void {
    takeAway?.()
    takeAway = null
    open.value = null
  }

  return { on, open, list, setOn, edit, put, locate, draw, enter, leave }
}

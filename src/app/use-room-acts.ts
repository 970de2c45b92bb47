import type { Room, RoomActs } from '@/core/room'
import { onMounted, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'

/** Acts by the room they belong to; a room whose acts have not come yet is not among them. */
export type ActsOfRooms = ReadonlyMap<Room, RoomActs>

/** Load the acts of the rooms that a person may enter, in the order of the rail. */
export function useRoomActs(rooms: ComputedRef<readonly Room[]>): ShallowRef<ActsOfRooms> {
  const acts = shallowRef<ActsOfRooms>(new Map())
  const load = async (): Promise<void> => {
    const wanted = rooms.value
    const loaded = await Promise.all(wanted.map(async (room) => [room, await room.acts?.()] as const))
    if (wanted === rooms.value) acts.value = new Map(loaded.flatMap(([room, found]) => (found ? [[room, found] as const] : [])))
  }
  onMounted(load)
  watch(rooms, load)
  return acts
}

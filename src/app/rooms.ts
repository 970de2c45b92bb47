import type { Room, VisitorPage } from '@/core/room'
import type { Role } from '@/core/workspace'

/** Doors found in the folder of rooms. A room that is not there is not shown. */
const doors = import.meta.glob<{ default: Room }>('../rooms/*/index.ts', { eager: true })

/** All rooms in the order of the rail. */
export const ROOMS: readonly Room[] = Object.values(doors)
  .map((door) => door.default)
  .filter((room) => room !== undefined)
  .sort((a, b) => a.order - b.order)

/** Rooms that a person with these roles may enter. */
export const roomsFor = (roles: readonly Role[]): Room[] =>
  ROOMS.filter((room) => room.roles.some((role) => roles.includes(role)))

/** Where a person with these roles begins: the room that is home to all of them, else the first of the rail. */
export function homeFor(roles: readonly Role[]): Room | undefined {
  const rooms = roomsFor(roles)
  return rooms.find(({ homeOf }) => roles.every((role) => homeOf?.includes(role))) ?? rooms[0]
}

/** Pages of all rooms for whoever has no account; the name of each page's route is its path. */
export const VISITOR_PAGES: readonly VisitorPage[] = ROOMS.flatMap(({ visitorPages }) => visitorPages ?? [])

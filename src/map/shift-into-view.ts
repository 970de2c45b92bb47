export interface ScreenRect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * How far the map must pan, pixels, for a thing to lie within the room; none where it does already. A thing larger than
 * the room stays where some of it is in there, as when it was clicked; elsewhere it is too large for panning.
 */
export function shiftIntoView(thing: ScreenRect, room: ScreenRect): { x: number; y: number } | 'too_large' {
  const large = thing.right - thing.left > room.right - room.left || thing.bottom - thing.top > room.bottom - room.top
  if (!large) {
    return { x: shift(thing.left, thing.right, room.left, room.right), y: shift(thing.top, thing.bottom, room.top, room.bottom) }
  }
  const seen = thing.left < room.right && thing.right > room.left && thing.top < room.bottom && thing.bottom > room.top
  return seen ? { x: 0, y: 0 } : 'too_large'
}

const shift = (from: number, to: number, least: number, most: number): number =>
  from < least ? from - least : to > most ? to - most : 0

import type { Role, Selection } from './workspace'

/**
 * The door of a room: all that the shell knows of it. `component` loads the room's panel, which the shell places
 * left of the map; a room draws on the map by its declared layers and modes only.
 */
export interface Room {
  readonly id: string
  /** i18n keys: the word under the icon, and one sentence of purpose. */
  readonly titleKey: string
  readonly purposeKey: string
  /** Icon name in `ui/icons`. */
  readonly icon: string
  readonly path: string
  /** Roles that see the room; others do not see its icon, and the address leads to the overview. */
  readonly roles: readonly Role[]
  /** Who has these roles and no others begins here, not in the first room of the rail. */
  readonly homeOf?: readonly Role[]
  /** Has plans of its own kind and says which of them is shown: the switch of the grids' plans is not there meanwhile. */
  readonly hasOwnPlans?: boolean
  /** Order in the rail. */
  readonly order: number
  /** At the foot of the rail, as for administration. */
  readonly foot?: boolean
  /** Panel, drawer and inspector: lazy component loaders, opaque to core. */
  readonly panel: () => Promise<unknown>
  /** In place of panel, map and drawer, on the whole width, unless the address asks for `view=map`. */
  readonly page?: () => Promise<unknown>
  readonly drawer?: () => Promise<unknown>
  readonly inspector?: () => Promise<unknown>
  /** What its inspector is for; absent: whatever is selected. Anything else is shown as the territory shows it. */
  readonly inspects?: readonly Selection['kind'][]
  /** Laid over the map area, through which the pointer passes: hints and numbers of a gesture. */
  readonly overlay?: () => Promise<unknown>
  /** What the signs of its own map mean, in place of the shell's legend; told whether the map is `crowded` or `low`. */
  readonly legend?: () => Promise<unknown>
  /** Pages of the room for whoever has no account; each is loaded by itself. */
  readonly visitorPages?: readonly VisitorPage[]
  /** What a person did here that the server has not confirmed and this browser keeps; asked about before leaving. */
  readonly unsaved?: UnsavedWork
  readonly messages: () => Promise<RoomMessages>
  /** Its acts, loaded once somebody is in: they bring the room's own code along, which the sign-in page need not wait for. */
  readonly acts?: () => Promise<RoomActs>
}

/** A page without sign-in, on the whole screen; reached from the sign-in page, from each other, and by its address. */
export interface VisitorPage {
  readonly path: string
  /** i18n key: the word of its link and of the window. */
  readonly titleKey: string
  readonly icon: string
  readonly page: () => Promise<unknown>
}

export interface RoomActs {
  readonly commands: readonly Command[]
  /** What keys and buttons do within a gesture, for the sheet of keys. */
  readonly gestureKeys: readonly GestureKey[]
}

export interface UnsavedWork {
  /** Edits kept for the person, over all documents. */
  count(personId: string): Promise<number>
  /** Give them up. */
  drop(personId: string): Promise<void>
}

/** Words of a room, by locale; merged under the room's id. */
export interface RoomMessages {
  readonly zh: Readonly<Record<string, unknown>>
  readonly en: Readonly<Record<string, unknown>>
}

/** An act of the user, listed in the palette and on the sheet of keys. `disabled` gives a reason code or null. */
export interface Command {
  readonly id: string
  readonly labelKey: string
  readonly shortcut?: string
  /** i18n key of the heading it stands under on the sheet of keys. */
  readonly groupKey?: string
  /** Commands of one kind, as a digit for each thing, stand as one line on the sheet of keys. */
  readonly family?: { readonly keys: string; readonly labelKey: string }
  available(): boolean
  disabled(): string | null
  run(): void | Promise<void>
}

/** A key or a button that means something within a gesture only. */
export interface GestureKey {
  readonly keys: string
  readonly labelKey: string
  readonly groupKey: string
}

export const defineRoom = (room: Room): Room => room

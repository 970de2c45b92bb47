import type { Cell } from './observable'
import type { Finding } from './plan'
import type { GridAttributes, Scope } from './scope'

/**
 * What all rooms see: who is here, what land is loaded, what is selected. Rooms never import each other; they meet here.
 */
export interface Workspace {
  readonly session: Cell<Session | null>
  readonly scope: Cell<Scope | null>
  /** State of loading the scope: the shell shows words for each. */
  readonly scopeState: Cell<{ status: 'none' | 'loading' | 'ready' | 'failed'; code?: string; done?: number }>
  readonly selection: Cell<Selection | null>
  readonly hover: Cell<Selection | null>
  /** Lines that the room in front adds to the words beside the pointer. */
  readonly hoverLines: Cell<readonly string[]>
  /** Unit of organisation in focus: the breadcrumb, the tree and the totals follow it. Its database id. */
  readonly focusUnitId: Cell<number | null>
  /** Which edition the map shows: null is the one in force, a draft while editing, a number a former edition. */
  readonly shown: Cell<ShownPlan>
  /** The grids the map paints: those in force, a draft as it is edited, or a former edition. */
  readonly shownGrids: Cell<ShownGrids | null>
  /** The draft being edited, for the switch in the top bar; null when none is open. Kept by the room of redesign. */
  readonly activeDraft: Cell<ActiveDraft | null>
  /** Layers switched on, and what the fill of the grids means; both stand in the address. */
  readonly layers: Cell<readonly LayerSwitch[]>
  readonly mapTheme: Cell<MapTheme>
  /** Which of the two a phone shows: the room's list, or the map. */
  readonly page: Cell<'list' | 'map'>
  readonly findings: Cell<readonly Finding[]>
  readonly notices: Cell<readonly Notice[]>
  /** The session ended, or nobody was here for long: what is on the page is covered until somebody signs in. */
  readonly covered: Cell<boolean>
  /** Reload the scope, for instance after a publication. */
  reloadScope(): Promise<void>
  /** Leave this land for another, for instance one just imported. */
  openLand(landId: number): Promise<void>
  /** Quiet success or explained failure: an i18n key and its values. */
  notify(notice: Omit<Notice, 'id'>): void
}

export const WORKSPACE_KEY = Symbol.for('gewu.workspace')

export type Role =
  | 'district_admin'
  | 'street_officer'
  | 'community_secretary'
  | 'grid_leader'
  | 'grid_worker'
  | 'member'
  | 'auditor'

export interface Session {
  readonly personId: string
  /** Masked, as colleagues see it: 李*. */
  readonly name: string
  readonly posts: readonly Post[]
}

export interface Post {
  readonly role: Role
  readonly orgUnitId: number
  readonly orgName: string
  readonly level: string
  readonly landId: number | null
}

export type Selection =
  | { readonly kind: 'building'; readonly index: number }
  | { readonly kind: 'cell'; readonly index: number }
  | { readonly kind: 'grid'; readonly gridId: string }
  | { readonly kind: 'compound'; readonly index: number }
  | { readonly kind: 'community'; readonly orgUnitId: number }
  | { readonly kind: 'street'; readonly index: number }
  | { readonly kind: 'station'; readonly index: number }
  | { readonly kind: 'household'; readonly householdId: number; readonly buildingIndex: number }
  | { readonly kind: 'member'; readonly memberId: number; readonly buildingIndex: number }
  /** A slip; only the room of issues knows where it lies. */
  | { readonly kind: 'issue'; readonly issueId: number }

export type ShownPlan =
  | { readonly kind: 'current' }
  | { readonly kind: 'draft'; readonly planId: string }
  | { readonly kind: 'edition'; readonly number: number }

export const LAYER_SWITCHES = [
  'grids',
  'labels',
  'cells',
  'buildings',
  'households',
  'streets',
  'compounds',
  'stations',
] as const
export type LayerSwitch = (typeof LAYER_SWITCHES)[number]

/** `grids`: neighbours differ; `band`: deviation of households from the target; `special`: share of special groups; `members`: members a grid. */
export const MAP_THEMES = ['grids', 'band', 'special', 'members'] as const
export type MapTheme = (typeof MAP_THEMES)[number]

/** What the top bar says of the open draft. `unsaved` counts edits the server has not confirmed. */
export interface ActiveDraft {
  readonly planId: string
  readonly number: number
  readonly title: string
  readonly revision: number
  readonly unsaved: number
}

/** A fresh wrapper around shared arrays after every change, so that painting costs what changed, not what there is. */
export interface ShownGrids {
  readonly grids: readonly (GridAttributes | null)[]
  readonly cellGrid: Int32Array
  /** Cells whose grid changed since the wrapper before; null: everything may have. */
  readonly changedCells: Int32Array | null
  /** Colour index by slot in which neighbours differ, where whoever shows the grids keeps one; cells of a grid that got another colour are among the changed. */
  readonly colours?: Int32Array
  /** Where a draft redrew its land: that land, and what lies on it. Else the cells are those of the scope. */
  readonly ground?: Pick<Scope, 'land' | 'adjacency' | 'cellStats'>
}

/** The scope with the land that these grids are drawn on. */
export const scopeAsShown = (scope: Scope, shown: ShownGrids | null): Scope =>
  shown?.ground ? { ...scope, land: shown.ground.land, adjacency: shown.ground.adjacency, cellStats: shown.ground.cellStats } : scope


export interface Notice {
  readonly id: number
  readonly tone: 'success' | 'info' | 'warning' | 'error'
  /** What happened, where, what to do next. */
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
  /** An act beside the words, such as undo. */
  readonly act?: { readonly key: string; run(): void }
}

import { ref, watch, type Ref } from 'vue'
import { FIGURE_IDS, type FigureId } from './figures'

/** Columns of the table that are no figures of their own. */
export const COLUMN_IDS = ['span', 'findings', ...FIGURE_IDS] as const
export type ColumnId = (typeof COLUMN_IDS)[number]

/** How a person likes to see the numbers: kept in this browser, for each person apart. */
export interface Preferences {
  /** Columns behind the grid's name, in order. */
  readonly columns: readonly ColumnId[]
  /** Figures of the plan that always stand in the panel, in order. */
  readonly pinned: readonly FigureId[]
  /** Figure of the histogram. */
  readonly histogram: FigureId
}

export const INITIAL_PREFERENCES: Preferences = {
  columns: ['households', 'span', 'toTarget', 'today', 'delta', 'buildings', 'residents', 'members', 'special', 'findings'],
  pinned: ['streetShare', 'cutEdges'],
  histogram: 'households',
}

const keyOf = (personId: string) => `gewu.redesign.numbers.${personId}`

/** Read what was kept; what is no longer known is left out, what was never kept is as at first. */
export function parsePreferences(text: string | null): Preferences {
  let kept: Partial<Record<keyof Preferences, unknown>> = {}
  try {
    kept = Object(JSON.parse(text ?? '{}')) as typeof kept
  } catch {
    // Something else wrote under this name: as at first.
  }
  const known = <T extends string>(list: unknown, of: readonly T[]): readonly T[] | null =>
    Array.isArray(list) ? of.filter((id) => list.includes(id)).sort((a, b) => list.indexOf(a) - list.indexOf(b)) : null
  return {
    columns: known(kept.columns, COLUMN_IDS) ?? INITIAL_PREFERENCES.columns,
    pinned: known(kept.pinned, FIGURE_IDS) ?? INITIAL_PREFERENCES.pinned,
    histogram: FIGURE_IDS.find((id) => id === kept.histogram) ?? INITIAL_PREFERENCES.histogram,
  }
}

/** Preferences of whoever is signed in; written back as they change. */
export function createPreferences(personId: Ref<string | null>) {
  const numbers = ref<Preferences>(INITIAL_PREFERENCES)
  watch(
    personId,
    (id) => {
      numbers.value = id === null ? INITIAL_PREFERENCES : parsePreferences(localStorage.getItem(keyOf(id)))
    },
    { immediate: true },
  )

  function keep(change: Partial<Preferences>): void {
    numbers.value = { ...numbers.value, ...change }
    if (personId.value !== null) localStorage.setItem(keyOf(personId.value), JSON.stringify(numbers.value))
  }

  /** Show a column at the end, or no longer. */
  function toggleColumn(id: ColumnId): void {
    const { columns } = numbers.value
    keep({ columns: columns.includes(id) ? columns.filter((one) => one !== id) : [...columns, id] })
  }

  /** Move a column by so many places; at the end it stays. */
  function moveColumn(id: ColumnId, by: number): void {
    const rest = numbers.value.columns.filter((one) => one !== id)
    const place = Math.min(rest.length, Math.max(0, numbers.value.columns.indexOf(id) + by))
    keep({ columns: [...rest.slice(0, place), id, ...rest.slice(place)] })
  }

  function togglePin(id: FigureId): void {
    const { pinned } = numbers.value
    keep({ pinned: pinned.includes(id) ? pinned.filter((one) => one !== id) : [...pinned, id] })
  }

  return {
    numbers,
    toggleColumn,
    moveColumn,
    togglePin,
    setHistogram: (id: FigureId) => keep({ histogram: id }),
    reset: () => keep(INITIAL_PREFERENCES),
  }
}

import type { useRedesignStore } from '../store'

type Store = ReturnType<typeof useRedesignStore>

/** What a file of the plan on display is called. */
export function planFileStem(store: Store, t: (key: string, values?: Record<string, string | number>) => string): string {
  const street = store.ground?.scope.orgUnits.find((unit) => unit.level === 'street')?.name ?? ''
  return store.draft && store.shown.kind === 'draft'
    ? t('exchange.fileName', { street, number: store.draft.number })
    : t('exchange.fileNameToday', { street })
}

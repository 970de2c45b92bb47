import type { useRedesignStore } from '../store'

type Store = ReturnType<typeof useRedesignStore>

/** Hand a file to the person. The date keeps one from replacing another. */
export function saveBlob(stem: string, ending: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = `${stem}-${new Date().toISOString().slice(0, 10)}.${ending}`
  link.click()
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}

/** What a file of the plan on display is called. */
export function planFileStem(store: Store, t: (key: string, values?: Record<string, string | number>) => string): string {
  const street = store.ground?.scope.orgUnits.find((unit) => unit.level === 'street')?.name ?? ''
  return store.draft && store.shown.kind === 'draft'
    ? t('exchange.fileName', { street, number: store.draft.number })
    : t('exchange.fileNameToday', { street })
}

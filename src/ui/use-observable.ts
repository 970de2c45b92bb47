import type { ReadableCell } from '@/core/observable'
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** A shallow ref that follows a cell for as long as the component (or effect scope) lives. */
export function useObservable<T>(cell: ReadableCell<T>): Readonly<ShallowRef<T>> {
  const value = shallowRef(cell.get()) as ShallowRef<T>
  const stop = cell.subscribe((next) => {
    value.value = next
  })
  onScopeDispose(stop)
  return value
}

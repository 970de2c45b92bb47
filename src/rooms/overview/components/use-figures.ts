import { useObservable } from '@/ui/use-observable'
import { useWorkspace } from '@/ui/use-workspace'
import { computed, type ComputedRef } from 'vue'
import { summarise, type Figure, type FigureKey } from '../operations/summarise'

/** The figures of what the map shows; null while there is no street. */
export function useFigures(): ComputedRef<Readonly<Record<FigureKey, Figure>> | null> {
  const workspace = useWorkspace()
  const scope = useObservable(workspace.scope)
  const shown = useObservable(workspace.shownGrids)
  return computed(() =>
    scope.value && shown.value && shown.value.cellGrid.length === scope.value.land.cellIds.length ? summarise(scope.value, shown.value) : null,
  )
}

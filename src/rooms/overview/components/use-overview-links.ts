import type { Workspace } from '@/core/workspace'
import { useRouter } from 'vue-router'
import type { OverviewArea } from '../operations/figures'
import type { Measure } from '../operations/measures'
import type { RankedArea } from '../operations/rank-areas'
import type { TodoKey } from '../operations/things-to-do'
import { useOverviewStore } from '../store'

type Query = Record<string, string | undefined>

/** From a figure to its rows, in the room where they are; on the land they lie on. */
export function useOverviewLinks(workspace: Workspace) {
  const store = useOverviewStore()
  const router = useRouter()

  /** The land of an area, or the only one of all areas; a street that is not on the map is loaded first. */
  async function go(path: string, query: Query, area: OverviewArea | null): Promise<void> {
    const lands = new Set((area ? [area] : (store.overview?.areas ?? [])).map(({ landId }) => landId))
    const [land] = lands
    const loaded = workspace.scope.get()?.landId
    if (lands.size === 1 && land !== null && land !== loaded) await workspace.openLand(land)
    await router.push({ path, query: { ...selecting(area), ...query } })
  }
  /** The community or grid meant, so that the room stands at it; the street where neither is. */
  function selecting(area: OverviewArea | null): Query {
    const level = store.overview?.areaLevel
    if (!area) return level === 'grid' ? { sel: `community-${store.overview?.unitId}` } : {}
    return area.unitId === null ? { sel: `grid-${area.id}` } : level === 'community' ? { sel: `community-${area.id}` } : {}
  }

  /** Slips of the period in progress, or all ever, of the unit or of one area, as the room of slips names them in its address. */
  function slipsOf(area: OverviewArea | null, isEver = false): string | undefined {
    const { overview } = store
    const from = isEver ? '1970-01-02' : overview?.periods.at(-1)?.from
    if (!overview || !from) return undefined
    const here = area ? (area.unitId === null ? `;grid:${area.id}` : overview.areaLevel === 'community' ? `;in:${area.unitId}` : '')
      : overview.areaLevel === 'grid' ? `;in:${overview.unitId}` : ''
    return `at:${Date.parse(`${from}T00:00:00+08:00`) / 1000}-${Math.ceil(Date.parse(overview.now) / 1000)}${here}`
  }

  function openMeasure(measure: Measure): Promise<void> {
    switch (measure) {
      case 'tied': return go('/assignment', {}, null)
      case 'visited': return go('/coverage', { any: 'visit_overdue' }, null)
      case 'gap': return go('/coverage', { tab: 'gaps' }, null)
      case 'settled': return go('/issues', { slips: slipsOf(null) }, null)
      case 'band': return openGrids('grids')
    }
  }

  function openTodo(key: TodoKey, area: OverviewArea): Promise<void> {
    switch (key) {
      case 'gap': return go('/coverage', { tab: 'gaps' }, area)
      case 'late': return go('/coverage', { any: 'visit_overdue' }, area)
      case 'overdue': return go('/issues', { slips: `${slipsOf(area, true) ?? ''};due:overdue` }, area)
      case 'above': return openGrids('above', area)
      case 'vacant': return go('/assignment', { tab: 'chain' }, area)
      case 'unjudged': return go('/coverage', { tab: 'access' }, area)
    }
  }

  /** The grids of the land beside the map, those of one figure listed. */
  async function openGrids(figure: typeof store.figure, area: OverviewArea | null = null): Promise<void> {
    store.figure = figure
    await go('/overview', { view: 'map', theme: 'band' }, area)
  }

  /** An area's own figures; a grid has none below it and is shown on the map. */
  function openArea({ area }: RankedArea): void {
    store.pointed = null
    if (area.unitId !== null) store.unitId = area.unitId
    else void go('/overview', { view: 'map' }, area)
  }

  return { openMeasure, openTodo, openGrids, openArea }
}

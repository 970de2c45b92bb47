import type { LngLat } from '@/core/units'
import { boundsOf, centreOf } from '../geometry/lng-lat-bounds'
import type { ChangedShape, ChangedThing, MergedLand, Placement } from '../land-change'
import type { Pair } from '../model'
import type { StandingLand } from '../standing-land'
import type { Origin } from './clean-land'
import { houseName } from './house-name'
import { outlineOf, standingFeature } from './merge-land'

/** All that comes, changes and goes, one line each: houses first, what goes before what changes before what comes. */
export function listChanges(standing: StandingLand, merged: MergedLand, placements: readonly Placement[]): ChangedThing[] {
  const rank = { removed: 0, changed: 1, added: 2 }
  const list: ChangedThing[] = merged.goneBuildings.map((index) => {
    const { households, lng, lat } = standing.buildings[index]
    return { kind: 'building', state: 'removed', name: houseName(standing.buildings[index]), aspects: [], households, file: -1, row: null, at: [lng, lat] }
  })
  merged.buildings.forEach(({ standing: index, clean, state, aspects, households }, k) => {
    if (state === 'same' || (index < 0 && placements[k].cell < 0)) return
    const there = index < 0 ? null : standing.buildings[index]
    const name = houseName(clean) || houseName(there)
    list.push({ kind: 'building', state, name, aspects, households, file: clean?.file ?? -1, row: clean?.row ?? null, at: placements[k].at })
  })
  list.sort((a, b) => rank[a.state] - rank[b.state])

  const shapes = <T extends { readonly name: string }>(
    kind: 'street' | 'compound' | 'feature', all: readonly ChangedShape<T>[], gone: readonly number[],
    there: (index: number) => { name: string; line: readonly Pair[] }, here: (clean: T) => { line: readonly Pair[]; origin: Origin | null },
  ) => {
    for (const index of gone) {
      const { name, line } = there(index)
      list.push({ kind, state: 'removed', name, aspects: [], households: 0, file: -1, row: null, at: middleOf(line) })
    }
    for (const { standing: index, clean, state } of all) {
      if (state === 'same' || clean === null) continue
      const { line, origin } = here(clean)
      const name = clean.name || (index < 0 ? '' : there(index).name)
      list.push({ kind, state, name, aspects: [], households: 0, file: origin?.file ?? -1, row: origin?.row ?? null, at: middleOf(line) })
    }
  }
  shapes('street', merged.streets, merged.goneStreets, (k) => standing.streets[k], (clean) => ({ line: clean.line, origin: clean }))
  shapes('compound', merged.compounds, merged.goneCompounds,
    (k) => ({ name: standing.compounds[k].name, line: standing.compounds[k].ring }), (clean) => ({ line: clean.polygons[0][0], origin: clean }))
  shapes('feature', merged.features, merged.goneFeatures,
    (k) => ({ name: standing.features[k].name, line: outlineOf(standingFeature(standing.features[k])) }), (clean) => ({ line: outlineOf(clean), origin: null }))
  return list
}

const middleOf = (line: readonly Pair[]): LngLat => centreOf(boundsOf(line)!)

import { bandState, type Band, type BandState } from '@/core/band'
import type { Scope } from '@/core/scope'
import { sumCells } from '@/core/sum-cells'
import { gridTitle } from '@/core/unit-names'
import type { Selection, ShownGrids } from '@/core/workspace'

/** Figures of an area: grid, community, compound or cell. */
export interface AreaFacts {
  readonly title: string
  readonly code: string | null
  readonly community: { readonly name: string; readonly orgUnitId: number } | null
  readonly households: number
  readonly residents: number
  readonly members: number
  readonly buildings: number
  readonly areaM2: number
  readonly byCategory: readonly number[]
  /** Of a grid: its limits and where it stands to them. */
  readonly band: (Band & { readonly state: BandState }) | null
  readonly compoundStatus: 'managed' | 'self_managed' | 'unmanaged' | null
  readonly note: string | null
  readonly grids: readonly { readonly id: string; readonly title: string; readonly households: number }[]
}

type AreaSelection = Extract<Selection, { kind: 'grid' | 'community' | 'cell' | 'compound' }>

/** Describe an area as the map shows it; null where this scope has none such. Linear in the cells and buildings. */
export function describeArea(scope: Scope, shown: ShownGrids | null, selection: AreaSelection): AreaFacts | null {
  const { land, cellStats } = scope
  const communityOf = (index: number): AreaFacts['community'] => {
    const unit = scope.communities[index]
    return unit ? { name: unit.name, orgUnitId: unit.id } : null
  }
  const fromCells = (owner: ArrayLike<number>): Pick<AreaFacts, 'households' | 'residents' | 'members' | 'buildings' | 'areaM2' | 'byCategory'> => {
    const sums = sumCells(scope, owner, 1)
    const byCategory = new Array<number>(8).fill(0)
    for (let cell = 0; cell < owner.length; cell++) {
      if (owner[cell] === 0) for (let code = 0; code < 8; code++) byCategory[code] += cellStats.byCategory[8 * cell + code]
    }
    return {
      households: sums.households[0],
      residents: sums.residents[0],
      members: sums.members[0],
      buildings: sums.buildings[0],
      areaM2: sums.areaM2[0],
      byCategory,
    }
  }
  const cellsWhere = (inside: (cell: number) => boolean): Int32Array =>
    Int32Array.from({ length: land.cellIds.length }, (_, cell) => (inside(cell) ? 0 : -1))
  const nothing = { code: null, community: null, band: null, compoundStatus: null, note: null, grids: [] }

  switch (selection.kind) {
    case 'grid': {
      const slot = shown?.grids.findIndex((grid) => grid?.id === selection.gridId) ?? -1
      const grid = shown?.grids[slot]
      if (!shown || !grid) return null
      const facts = fromCells(cellsWhere((cell) => shown.cellGrid[cell] === slot))
      const kind = scope.communities[grid.community]?.kind === 'rural' ? 'rural' : 'urban'
      const limits = scope.settings[kind]
      const isOnly = shown.grids.filter((other) => other?.community === grid.community && other.kind === 'basic').length === 1
      return {
        ...nothing,
        ...facts,
        title: gridTitle(grid, scope),
        code: grid.code,
        community: communityOf(grid.community),
        band: { ...limits, state: bandState(limits, facts.households, isOnly) },
      }
    }
    case 'community': {
      const index = scope.communities.findIndex((unit) => unit.id === selection.orgUnitId)
      const unit = scope.communities[index]
      if (!unit) return null
      const sums = shown ? sumCells(scope, shown.cellGrid, shown.grids.length) : null
      const grids = (shown?.grids ?? []).flatMap((grid, slot) =>
        grid?.community === index ? [{ id: grid.id, title: gridTitle(grid, scope), households: sums?.households[slot] ?? 0 }] : [],
      )
      return { ...nothing, ...fromCells(cellsWhere((cell) => land.cellCommunity[cell] === index)), title: unit.name, code: unit.code, grids }
    }
    case 'cell': {
      if (selection.index >= land.cellIds.length) return null
      return {
        ...nothing,
        ...fromCells(cellsWhere((cell) => cell === selection.index)),
        title: String(land.cellIds[selection.index]),
        community: communityOf(land.cellCommunity[selection.index]),
      }
    }
    case 'compound': {
      const compound = scope.compounds[selection.index]
      if (!compound) return null
      return {
        ...nothing,
        ...compoundFigures(scope, selection.index),
        title: compound.name,
        community: communityOf(compound.community),
        compoundStatus: compound.status,
        note: compound.note,
      }
    }
  }
}

function compoundFigures({ buildings }: Scope, compound: number): Pick<AreaFacts, 'households' | 'residents' | 'members' | 'buildings' | 'areaM2' | 'byCategory'> {
  const byCategory = new Array<number>(8).fill(0)
  let [households, residents, members, count] = [0, 0, 0, 0]
  for (let b = 0; b < buildings.count; b++) {
    if (buildings.compound[b] !== compound) continue
    count++
    households += buildings.households[b]
    residents += buildings.residents[b]
    members += buildings.members[b]
    for (let code = 0; code < 8; code++) byCategory[code] += buildings.byCategory[8 * b + code]
  }
  return { households, residents, members, buildings: count, areaM2: 0, byCategory }
}

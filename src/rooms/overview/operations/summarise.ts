import { SPECIAL_CATEGORY_CODES } from '@/core/categories'
import { bandState, type BandState } from '@/core/band'
import type { Scope } from '@/core/scope'
import { sumCells } from '@/core/sum-cells'
import { gridTitle } from '@/core/unit-names'
import type { Selection, ShownGrids } from '@/core/workspace'

/** A row behind a figure: a community, grid, compound, building or cell with its numbers. */
export interface FigureRow {
  readonly key: string
  readonly name: string
  readonly place: string
  readonly households: number
  readonly residents: number
  readonly members: number
  readonly special: number
  /** Of a grid: households over or under the band's target, and its state. */
  readonly fromTarget: number | null
  readonly state: BandState | null
  readonly note: string | null
  readonly selection: Selection
}

export type FigureKey =
  | 'communities'
  | 'grids'
  | 'households'
  | 'residents'
  | 'members'
  | 'special'
  | 'inBand'
  | 'above'
  | 'below'
  | 'fewMembers'
  | 'unmanaged'
  | 'noGrid'
  | 'unplaced'

export interface Figure {
  readonly key: FigureKey
  readonly value: number
  readonly rows: readonly FigureRow[]
}

/** The figures of a street, each with the rows it counts. Linear in the scope. */
export function summarise(scope: Scope, shown: ShownGrids): Readonly<Record<FigureKey, Figure>> {
  const communities = communityRows(scope)
  const grids = gridRows(scope, shown)
  const total = (pick: (row: FigureRow) => number): number => communities.reduce((sum, row) => sum + pick(row), 0)
  const counted = (key: FigureKey, rows: readonly FigureRow[]): Figure => ({ key, value: rows.length, rows })
  const summed = (key: FigureKey, pick: (row: FigureRow) => number): Figure => ({ key, value: total(pick), rows: communities })
  return {
    communities: counted('communities', communities),
    grids: counted('grids', grids),
    households: summed('households', (row) => row.households),
    residents: summed('residents', (row) => row.residents),
    members: summed('members', (row) => row.members),
    special: summed('special', (row) => row.special),
    inBand: counted('inBand', grids.filter((row) => row.state === 'in')),
    above: counted('above', grids.filter((row) => row.state === 'above')),
    below: counted('below', grids.filter((row) => row.state === 'below')),
    fewMembers: counted('fewMembers', grids.filter((row) => row.members < scope.settings.minMembers)),
    unmanaged: counted('unmanaged', compoundRows(scope)),
    noGrid: counted('noGrid', looseCellRows(scope, shown)),
    unplaced: counted('unplaced', unplacedRows(scope)),
  }
}

function communityRows(scope: Scope): FigureRow[] {
  const sums = sumCells(scope, scope.land.cellCommunity, scope.communities.length)
  // Buildings that no cell holds still count for their community: a total leaves nobody out.
  const { buildings } = scope
  for (let b = 0; b < buildings.count; b++) {
    const community = buildings.community[b]
    if (buildings.cell[b] >= 0 || community < 0) continue
    sums.households[community] += buildings.households[b]
    sums.residents[community] += buildings.residents[b]
    sums.members[community] += buildings.members[b]
    sums.special[community] += specialOf(scope, b)
  }
  return scope.communities.map((unit, k) => ({
    key: String(unit.id),
    name: unit.name,
    place: unit.code,
    households: sums.households[k],
    residents: sums.residents[k],
    members: sums.members[k],
    special: sums.special[k],
    fromTarget: null,
    state: null,
    note: null,
    selection: { kind: 'community', orgUnitId: unit.id },
  }))
}

function gridRows(scope: Scope, shown: ShownGrids): FigureRow[] {
  const sums = sumCells(scope, shown.cellGrid, shown.grids.length)
  const basic = new Int32Array(scope.communities.length)
  for (const grid of shown.grids) if (grid && grid.kind === 'basic' && grid.community >= 0) basic[grid.community]++
  return shown.grids.flatMap((grid, k): FigureRow[] => {
    if (!grid) return []
    const unit = scope.communities[grid.community]
    const band = scope.settings[unit?.kind === 'rural' ? 'rural' : 'urban']
    return [{
      key: grid.id,
      name: gridTitle(grid, scope),
      place: unit?.name ?? '',
      households: sums.households[k],
      residents: sums.residents[k],
      members: sums.members[k],
      special: sums.special[k],
      fromTarget: sums.households[k] - band.target,
      state: bandState(band, sums.households[k], basic[grid.community] === 1),
      note: null,
      selection: { kind: 'grid', gridId: grid.id },
    }]
  })
}

function compoundRows(scope: Scope): FigureRow[] {
  const { buildings } = scope
  return scope.compounds.flatMap((compound, index): FigureRow[] => {
    if (compound.status !== 'unmanaged') return []
    const row = { households: 0, residents: 0, members: 0, special: 0 }
    for (let b = 0; b < buildings.count; b++) {
      if (buildings.compound[b] !== index) continue
      row.households += buildings.households[b]
      row.residents += buildings.residents[b]
      row.members += buildings.members[b]
      row.special += specialOf(scope, b)
    }
    return [{
      ...row,
      key: String(compound.id),
      name: compound.name,
      place: scope.communities[compound.community]?.name ?? '',
      fromTarget: null,
      state: null,
      note: compound.note,
      selection: { kind: 'compound', index },
    }]
  })
}

function looseCellRows(scope: Scope, shown: ShownGrids): FigureRow[] {
  return Array.from(shown.cellGrid, (grid, cell) => (grid < 0 ? cell : -1)).filter((cell) => cell >= 0).map((cell) => ({
    key: String(scope.land.cellIds[cell]),
    name: String(scope.land.cellIds[cell]),
    place: scope.communities[scope.land.cellCommunity[cell]]?.name ?? '',
    households: scope.cellStats.households[cell],
    residents: scope.cellStats.residents[cell],
    members: scope.cellStats.members[cell],
    special: scope.cellStats.special[cell],
    fromTarget: null,
    state: null,
    note: null,
    selection: { kind: 'cell', index: cell },
  }))
}

function unplacedRows(scope: Scope): FigureRow[] {
  const { buildings } = scope
  return Array.from(buildings.cell, (cell, b) => (cell < 0 ? b : -1)).filter((b) => b >= 0).map((b) => ({
    key: String(buildings.ids[b]),
    name: buildings.addresses[b] || buildings.names[b],
    place: scope.communities[buildings.community[b]]?.name ?? '',
    households: buildings.households[b],
    residents: buildings.residents[b],
    members: buildings.members[b],
    special: specialOf(scope, b),
    fromTarget: null,
    state: null,
    note: null,
    selection: { kind: 'building', index: b },
  }))
}

const specialOf = ({ buildings }: Scope, b: number): number =>
  SPECIAL_CATEGORY_CODES.reduce((sum, code) => sum + buildings.byCategory[8 * b + code], 0)

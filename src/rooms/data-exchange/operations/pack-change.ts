import { CellChange } from '../land-change'
import type { ChangedBuilding, LandChange, Placement } from '../land-change'
import type { HouseholdRule, Pair } from '../model'
import type { StandingLand } from '../standing-land'
import { initialsOf } from './initials-of'
import { isLastingId } from './match-buildings'
import { outlineOf } from './merge-land'
import { HARD_STREETS, householdRowsOf, inChunks, round7 } from './pack-chunks'
import type { Chunk, EstimateWords } from './pack-chunks'

/** What becomes of the people of a house that goes: they stay with its record, or move to another house. By position among the removed. */
export type PeopleDecision = { readonly kind: 'keep' } | { readonly kind: 'move'; readonly building: number }

type Row = Record<string, unknown>

/**
 * Rows of a change for `import_chunk`: only what is new or different, and what such rows refer to. A house whose people have no decision
 * is sent as gone, which the server refuses as long as anyone is registered there.
 */
export function packChange(
  change: LandChange, standing: StandingLand, decisions: ReadonlyMap<number, PeopleDecision>, rule: HouseholdRule, words: EstimateWords,
): Generator<Chunk> {
  const { land, diff, merged } = change
  const nodes = new RowList<number>((node) => ({
    id: land.nodeIds[node] || null, x: land.nodeXY[2 * node], y: land.nodeXY[2 * node + 1],
  }))
  const cells = new RowList<number>((cell) => ({
    id: land.cellIds[cell] || null,
    change: (['kept', 'recut', 'new'] as const)[diff.cellChange[cell]],
    community: land.cellCommunity[cell],
    areaM2: Math.round(land.cellAreaM2[cell] * 100) / 100,
    labelX: land.cellLabelXY[2 * cell],
    labelY: land.cellLabelXY[2 * cell + 1],
    needsReview: change.cellReview[cell],
  }))
  diff.cellChange.forEach((kind, cell) => {
    if (kind !== CellChange.kept) cells.of(cell)
  })
  const arcs = diff.newArcs.map((arc): Row => ({
    start: nodes.of(land.arcNodes[2 * arc]),
    end: nodes.of(land.arcNodes[2 * arc + 1]),
    xy: Array.from(land.arcXY.subarray(2 * land.arcStart[arc], 2 * land.arcStart[arc + 1])),
    kind: land.arcKind[arc],
    left: cells.of(land.arcLeft[arc]),
    right: cells.of(land.arcRight[arc]),
  }))

  const compounds = new RowList<number>((k) => {
    const { standing: index, clean } = merged.compounds[k]
    const there = index < 0 ? null : standing.compounds[index]
    const name = clean?.name || there?.name || words.compound.replace('{n}', String(k + 1))
    return {
      id: there?.id ?? null, community: change.compoundCommunity[k], name, initials: initialsOf(name), status: there?.status ?? 'managed',
      note: there?.note ?? null, ring: (clean?.polygons[0][0] ?? there!.ring).map(round7), sourceRef: refOf(clean?.sourceId) ?? there?.sourceRef ?? null,
    }
  })
  merged.compounds.forEach(({ state }, k) => {
    if (state !== 'same' && change.compoundCommunity[k] >= 0) compounds.of(k)
  })

  const households: Row[] = []
  const buildings = new RowList<number>((k, row) => {
    const building = merged.buildings[k]
    if (building.newHouseholds > 0) {
      const there = building.standing < 0 ? null : standing.buildings[building.standing]
      const place = building.clean?.address || building.clean?.name || there?.address || there?.name || ''
      households.push(...householdRowsOf(row, building.newHouseholds, place, rule, words))
    }
    return buildingRow(building, change.placements[k])
  })
  const kept: Row[] = []
  const gone: Row[] = [
    ...diff.goneCells.map((id) => ({ thing: 'cell', id })),
    ...diff.goneArcs.map((id) => ({ thing: 'arc', id })),
    ...merged.goneStreets.map((k) => ({ thing: 'street', id: standing.streets[k].id })),
    ...merged.goneCompounds.map((k) => ({ thing: 'compound', id: standing.compounds[k].id })),
    ...merged.goneFeatures.map((k) => ({ thing: 'feature', id: standing.features[k].id })),
  ]
  const stored = (placement: Placement): Row => ({
    community: placement.cell < 0 ? -1 : land.cellCommunity[placement.cell],
    compound: placement.compound < 0 ? -1 : compounds.of(placement.compound),
    cell: cells.of(placement.cell), lng: round7([...placement.at] as Pair)[0], lat: round7([...placement.at] as Pair)[1],
    needsReview: placement.needsReview,
  })

  function buildingRow({ standing: index, clean, aspects }: ChangedBuilding, placement: Placement): Row {
    const there = index < 0 ? null : standing.buildings[index]
    const place = stored(placement)
    if (placement.cell < 0) place['community'] = standing.communities.findIndex(({ id }) => id === there?.community)
    if (clean === null) return { id: there!.id, ...place }
    const name = clean.name || there?.name || ''
    const polygons = clean.polygons.map((rings) => rings.map((ring) => ring.map(round7)))
    return {
      id: there?.id ?? null, ...place, name, initials: initialsOf(name), address: clean.address || there?.address || '',
      kind: clean.kind === 'yes' && there !== null ? there.kind : clean.kind,
      floors: clean.floorsKnown || there === null ? clean.floors : there.floors,
      underground: clean.underground,
      ...(there === null || aspects.includes('outline') ? { rings: polygons.length === 1 ? polygons[0] : polygons } : {}),
      sourceRef: refOf(clean.sourceId) ?? there?.sourceRef ?? clean.sourceId,
    }
  }

  merged.buildings.forEach((building, k) => {
    const { cell, compound } = change.placements[k]
    if (building.standing < 0) {
      if (cell >= 0) buildings.of(k)
      return
    }
    const there = standing.buildings[building.standing]
    const before = there.cell ?? 0
    const after = cell < 0 ? 0 : land.cellIds[cell]
    const compoundId = compound < 0 ? null : (merged.compounds[compound].standing < 0 ? 0 : standing.compounds[merged.compounds[compound].standing].id)
    // A house on a cell that came is sent even where the house did not change: its cell has another id.
    if (building.state === 'changed' || before !== after || (cell >= 0 && after === 0) || compoundId !== there.compound) buildings.of(k)
  })
  merged.goneBuildings.forEach((index, k) => {
    const decision = decisions.get(k)
    const { id } = standing.buildings[index]
    if (decision?.kind === 'keep') {
      const place = stored(change.gonePlacements[k])
      kept.push({ id, ...place, ...(change.gonePlacements[k].cell < 0 ? { community: standing.communities.findIndex((c) => c.id === standing.buildings[index].community) } : {}) })
    } else gone.push({ thing: 'building', id, moveTo: decision === undefined ? null : buildings.of(decision.building) })
  })

  const streets = merged.streets.flatMap(({ standing: index, clean }): Row[] => {
    if (clean === null) return []
    const name = clean.name || (index < 0 ? '' : standing.streets[index].name)
    return [{
      id: index < 0 ? null : standing.streets[index].id, name, initials: initialsOf(name), class: clean.highway,
      hard: HARD_STREETS.has(clean.highway.replace(/_link$/, '')), line: clean.line.map(round7), sourceRef: clean.sourceId,
      tunnel: clean.tunnel, bridge: clean.bridge, layer: clean.layer,
    }]
  })
  const features = merged.features.flatMap(({ standing: index, clean }): Row[] => {
    if (clean === null) return []
    const shape = clean.line === null ? { rings: clean.rings!.map((ring) => ring.map(round7)) } : { line: outlineOf(clean).map(round7) }
    return [{ id: index < 0 ? null : standing.features[index].id, kind: clean.kind, name: clean.name, ...shape }]
  })
  const communities = standing.communities.map(({ code, name, kind }): Row => ({ code, name, kind: kind ?? undefined }))
  return inChunks([
    ['communities', communities], ['nodes', nodes.rows], ['cells', cells.rows], ['arcs', arcs], ['compounds', compounds.rows],
    ['buildings', [...buildings.rows, ...kept]], ['households', households], ['streets', streets], ['features', features], ['gone', gone],
  ])
}

const refOf = (id: string | undefined): string | null => (id !== undefined && isLastingId(id) ? id : null)

/** Rows of a kind in the order in which they are first spoken of; what is spoken of twice is one row. */
class RowList<K> {
  readonly rows: Row[] = []
  readonly #place = new Map<K, number>()

  constructor(private readonly make: (key: K, row: number) => Row) {}

  /** Row of a thing, made when first asked; −1 for none (a negative number). */
  of(key: K): number {
    if (typeof key === 'number' && key < 0) return -1
    const known = this.#place.get(key)
    if (known !== undefined) return known
    const row = this.rows.length
    this.#place.set(key, row)
    // Its place is taken before it is made: making a row may speak of others of its kind.
    this.rows.push({})
    this.rows[row] = this.make(key, row)
    return row
  }
}

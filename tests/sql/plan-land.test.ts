import { describe, expect, it } from 'vitest'
import { composeDeltas, invertDelta } from '@/core/delta'
import type { LandEdit, PlanDelta } from '@/core/plan'
import { createDrawnLand, type DrawnLand, type LandThings } from '../helpers/redraw-land'
import { expectRefusal, onEachDatabase } from './engines/with-databases'

const PLAN = '00000000-0000-4000-a000-000000000001'
const [A1, A2, A3] = ['a1', 'a2', 'a3'].map((end) => `00000000-0000-4000-8000-0000000000${end}`)

interface Document {
  planId: string
  revision: number
  status: string
  land: LandEdit | null
  links: { cells: [number, number]; kind: string }[]
  notes: unknown[]
  settings: unknown
  cellIds: number[]
  cellGrid: number[]
  grids: { id: string }[]
}
interface Finding { code: string; gridIds: string[]; cellIds: number[]; values: Record<string, number>; geometry?: unknown }

const delta = (parts: Partial<PlanDelta>): PlanDelta => ({ cells: [], grids: [], ...parts })
const EMPTY = { nodes: [], cells: [], arcs: [], buildings: [] }
const sorted = (edit: LandEdit | null) =>
  edit && (['before', 'after'] as const).map((side) => Object.fromEntries(Object.entries(edit[side]).map(([kind, list]) => [kind, [...list as { id: number }[]].sort((a, b) => a.id - b.id)])))

onEachDatabase('plans that redraw land', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const rows = <T>(sql: string, ...values: unknown[]) => db().query<T>(sql, values)
  const save = (plan: string, base: number, ...deltas: PlanDelta[]) =>
    call<{ revision: number }>('public.save_plan_draft($1, $2, $3::jsonb)', plan, base, JSON.stringify(deltas.map((d) => ({ delta: d, note: { key: 'test' } }))))
  const read = (plan: string) => call<Document>('public.plan_document($1)', plan)
  const check = (plan: string) => call<Finding[]>('public.check_plan($1)', plan)
  const publish = (plan: string, revision: number) =>
    call<{ published: boolean; editionNumber?: number; findings: Finding[] }>('public.publish_plan($1, $2, null)', plan, revision)
  const open = async (title: string) => (await call<{ planId: string }>('public.open_plan_draft(1, $1)', title)).planId

  /** Land 1 of the fixture world: 8 × 4 cells of 20,000 lattice steps; cell 1 + column + 8 row, node 1 + column + 9 row. */
  async function readLand(): Promise<DrawnLand> {
    const [{ things }] = await rows<{ things: LandThings }>(`select jsonb_build_object(
      'nodes', (select jsonb_agg(jsonb_build_object('id', id, 'x', x, 'y', y)) from public.land_nodes where land_id = 1 and to_edition is null),
      'cells', (select jsonb_agg(jsonb_build_object('id', id, 'communityId', community_id, 'labelX', label_x, 'labelY', label_y)) from public.cells where land_id = 1 and to_edition is null),
      'arcs', (select jsonb_agg(jsonb_build_object('id', a.id, 'start', start_node, 'end', end_node, 'left', left_cell, 'right', right_cell, 'kind', kind, 'xy',
        (select jsonb_agg(v.c order by p.path, v.k) from extensions.st_dumppoints(line) p cross join lateral (values (1, extensions.st_x(p.geom)), (2, extensions.st_y(p.geom))) v(k, c))))
        from public.land_arcs a where land_id = 1 and to_edition is null),
      'buildings', (select jsonb_agg(jsonb_build_object('id', id, 'cell', cell_id)) from public.buildings where land_id = 1)) as things`)
    return createDrawnLand(things)
  }
  /** Cut a cell of 100 m at x east of its western edge; the home in the middle is on the side that holds it. */
  function cut(land: DrawnLand, cell: number, x: number, fresh = false) {
    const column = (cell - 1) % 8
    const row = Math.floor((cell - 1) / 8)
    const [west, south] = [column * 20000, row * 20000]
    const below = row > 0 ? cell - 8 : null
    const above = row < 3 ? cell + 8 : null
    return land.cutCell(cell, [land.border(cell, below), land.border(cell, above)], [[west + x, south], [west + x, south + 20000]], { fresh, isLower: () => x > 10000 })
  }
  const asOfficer = (work: (land: DrawnLand) => Promise<void>) =>
    rolledBack(async () => {
      const land = await readLand()
      await become('officer')
      await work(land)
    })
  /** Nothing of a plan's own land is left, nor of an edition beyond the first. */
  const traces = () => rows(`select (select edition from public.lands where id = 1) as edition, (select count(*)::int from public.cells where from_edition > 1 or to_edition is not null) as cells,
    (select count(*)::int from public.land_arcs where from_edition > 1 or to_edition is not null) as arcs, (select count(*)::int from public.grid_editions where land_id = 1) as editions,
    (select count(*)::int from private.former_land_things) as former, (select count(*)::int from public.land_links) as links, (select count(*)::int from public.plan_land_arcs) as own`)

  it('keeps what differs from the land, and nothing once it is taken back', () =>
    asOfficer(async (land) => {
      const parted = cut(land, 3, 15000)
      const moved = land.moveNode(11, 21000, 22000)
      const merged = land.mergeCells(4, 12)
      const edits = [
        delta({ cells: [{ cell: parted.upper, from: null, to: A1 }], land: parted.edit }),
        delta({ land: moved }),
        delta({ cells: [{ cell: 12, from: A2, to: null }], land: merged }),
        delta({ links: [{ cells: [1, 8], before: null, after: 'bridge' }], notes: [{ before: null, after: { id: 'n1', x: 5, y: -6, text: '看一看' } }] }),
        delta({ settings: { before: null, after: { urban: { lower: 1, upper: 9, target: 5 }, rural: { lower: 1, upper: 9, target: 5 }, minMembers: 0 } } }),
      ]
      expect(await save(PLAN, 1, ...edits)).toEqual({ revision: 2 })
      const document = await read(PLAN)
      const net = composeDeltas(...edits)
      expect(sorted(document.land)).toEqual(sorted(net.land!))
      expect(document.links).toEqual([{ cells: [1, 8], kind: 'bridge' }])
      expect(document.notes).toEqual([{ id: 'n1', x: 5, y: -6, text: '看一看' }])
      expect(document.settings).toEqual(net.settings!.after)
      expect(document.cellIds).toHaveLength(32)
      expect(document.cellIds).toContain(parted.upper)
      expect(document.cellIds).not.toContain(12)
      expect(document.grids[document.cellGrid[document.cellIds.indexOf(parted.upper)]].id).toBe(A1)

      expect(await call<unknown[]>('public.plan_edits_since($1, 1)', PLAN)).toMatchObject(edits.map((d) => ({ delta: d })))
      await save(PLAN, 2, ...edits.map(invertDelta).reverse())
      expect(await read(PLAN)).toMatchObject({ revision: 3, land: null, links: [], notes: [], settings: null })
      expect((await read(PLAN)).cellIds).toHaveLength(32)
    }))

  it('counts homes and pieces on the land the plan has', () =>
    asOfficer(async (land) => {
      // The far side of cell 3 goes to grid a1, with the home that lies there.
      const parted = cut(land, 3, 5000)
      await save(PLAN, 1, delta({ cells: [{ cell: parted.upper, from: null, to: A1 }], land: parted.edit }))
      const findings = await check(PLAN)
      // Cut off from a1 by what is left of cell 3, and 27 of 24 households: within the band.
      expect(findings).toMatchObject([{ code: 'grid_in_pieces', gridIds: [A1], cellIds: [parted.upper], values: { pieces: 2 }, geometry: { type: 'MultiPolygon' } }])
      await save(PLAN, 2, delta({ links: [{ cells: [parted.upper, 2], before: null, after: 'bridge' }] }))
      expect(await check(PLAN)).toEqual([])
      // Walls part a cell of a2 from its own grid, but not from a1.
      await save(PLAN, 3, delta({ links: [{ cells: [27, 28], before: null, after: 'wall' }, { cells: [19, 27], before: null, after: 'wall' }] }))
      expect(await check(PLAN)).toMatchObject([{ code: 'grid_in_pieces', gridIds: [A2], cellIds: [27], values: { pieces: 2 } }])
    }))

  it('lets walls part a whole community: what lies beyond is another part of its land', () =>
    asOfficer(async () => {
      // Rows 0 and 1 from rows 2 and 3, in columns 0 to 3.
      await save(PLAN, 1, delta({ links: [9, 10, 11, 12].map((cell) => ({ cells: [cell, cell + 8] as [number, number], before: null, after: 'wall' as const })) }))
      expect(await check(PLAN)).toEqual([])
    }))

  describe('refuses, and leaves the plan as it was', () => {
    type Spoil = (land: DrawnLand) => PlanDelta
    const patched = (edit: LandEdit, change: (edit: { before: Record<string, unknown[]>; after: Record<string, unknown[]> }) => void): LandEdit => {
      const copy = structuredClone(edit) as unknown as { before: Record<string, unknown[]>; after: Record<string, unknown[]> }
      change(copy)
      return copy as unknown as LandEdit
    }
    type Thing = Record<string, number | number[] | null>
    const moved = (change: (edit: { before: Record<string, unknown[]>; after: Record<string, unknown[]> }) => void): Spoil => (land) => delta({ land: patched(land.moveNode(11, 21000, 22000), change) })
    const parted = (change: (edit: { before: Record<string, unknown[]>; after: Record<string, unknown[]> }, ids: { lower: number; upper: number }) => void, fresh = false): Spoil => (land) => {
      const { edit, ...ids } = cut(land, 3, 15000, fresh)
      return delta({ cells: fresh ? [{ cell: 3, from: A2, to: null }] : [], land: patched(edit, (copy) => change(copy, ids)) })
    }
    const wrong: [string, Spoil, Record<string, unknown>][] = [
      ['a node that is not where the edit says', moved(({ before }) => void ((before.nodes[0] as Thing).x = 1)), { reason: 'land_before_mismatch', nodeId: 11 }],
      ['a border that does not run as the edit says', moved(({ before }) => void ((before.arcs[0] as { xy: number[] }).xy[0] += 1)), { reason: 'land_before_mismatch' }],
      ['a cell that is not there', (land) => delta({ land: { before: { ...EMPTY, cells: [{ ...land.cells.get(3)!, id: 101 }] }, after: EMPTY } }), { reason: 'land_before_mismatch', cellId: 101 }],
      ['a house of another land', () => delta({ land: { before: { ...EMPTY, buildings: [{ id: 101, cell: 101 }] }, after: { ...EMPTY, buildings: [{ id: 101, cell: 3 }] } } }), { reason: 'land_before_mismatch', buildingId: 101 }],
      ['a house on one side only', () => delta({ land: { before: { ...EMPTY, buildings: [{ id: 3, cell: 3 }] }, after: EMPTY } }), { reason: 'land_before_mismatch', buildingId: 3 }],
      ['an id that is taken', parted(({ after }, { upper }) => void (after.cells as Thing[]).forEach((cell) => { if (cell.id === upper) cell.id = 30 })), { reason: 'land_id_taken', cellId: 30 }],
      ['an id above 0 for a new thing', parted(({ after }) => void ((after.nodes[0] as Thing).id = 77_777)), { reason: 'land_id_taken', nodeId: 77_777 }],
      ['an id given twice', parted(({ after }) => void after.nodes.push(after.nodes[0])), { reason: 'land_id_taken' }],
      ['a border left out', parted(({ after }) => void after.arcs.pop()), { reason: 'land_invalid' }],
      ['a border to a cell that is not there', parted(({ after }) => void ((after.arcs[after.arcs.length - 1] as Thing).left = -99)), { reason: 'land_invalid', problem: 'cell_missing' }],
      ['a border to a node that is not there', parted(({ after }) => void ((after.arcs[after.arcs.length - 1] as Thing).start = -99)), { reason: 'land_invalid', problem: 'arc_ends' }],
      ['a node with no border', parted(({ after }) => void after.nodes.push({ id: -99, x: 0, y: 0 })), { reason: 'land_invalid', problem: 'node_loose' }],
      ['a label outside', parted(({ after }) => void ((after.cells[0] as Thing).labelX = 0)), { reason: 'land_invalid', problem: 'label_outside' }],
      ['a house left without a cell', parted(({ before, after }) => { before.buildings = []; after.buildings = [] }, true), { reason: 'land_invalid', problem: 'building_unknown' }],
      ['a house in a cell it does not touch', () => delta({ land: { before: { ...EMPTY, buildings: [{ id: 3, cell: 3 }] }, after: { ...EMPTY, buildings: [{ id: 3, cell: 28 }] } } }), { reason: 'land_invalid', problem: 'building_unknown' }],
      ['borders that cross', (land) => delta({ land: land.moveNode(11, 45000, 22000) }), { reason: 'land_invalid', problem: 'crossing' }],
      ['an official line called a street', (land) => delta({ land: { before: { ...EMPTY, arcs: [land.border(3, null)] }, after: { ...EMPTY, arcs: [{ ...land.border(3, null), kind: 1 }] } } }), { reason: 'land_outline_changed' }],
      ['a border between communities called otherwise', (land) => delta({ land: { before: { ...EMPTY, arcs: [land.border(4, 5)] }, after: { ...EMPTY, arcs: [{ ...land.border(4, 5), kind: 2 }] } } }), { reason: 'land_outline_changed' }],
      ['the edge of the land moved', (land) => delta({ land: land.moveNode(3, 40000, 10) }), { reason: 'land_outline_changed' }],
      ['a border between communities moved by a step', (land) => delta({ land: land.moveNode(14, 80001, 20000) }), { reason: 'land_outline_changed' }],
      ['a cell given to another community', (land) => delta({ land: { before: { ...EMPTY, cells: [land.cells.get(4)!] }, after: { ...EMPTY, cells: [{ ...land.cells.get(4)!, communityId: 5 }] } } }), { reason: 'land_outline_changed', cellId: 4 }],
      ['a cell taken into a neighbour of another community', (land) => delta({ cells: [{ cell: 5, from: A3, to: null }], land: land.mergeCells(4, 5) }), { reason: 'land_outline_changed' }],
      ['a patch that is none', () => delta({ land: { before: EMPTY, after: { ...EMPTY, nodes: [{ id: -1, x: 0.5, y: 0 }] } } }), { reason: 'malformed' }],
      ['a link to a cell that is not there', () => delta({ links: [{ cells: [3, 101], before: null, after: 'bridge' }] }), { reason: 'link_cell_unknown' }],
      ['a link of a cell to itself', () => delta({ links: [{ cells: [3, 3], before: null, after: 'bridge' }] }), { reason: 'link_cell_unknown' }],
      ['a link that is not there', () => delta({ links: [{ cells: [3, 4], before: 'wall', after: null }] }), { reason: 'link_before_mismatch' }],
      ['a note that is not there', () => delta({ notes: [{ before: { id: 'x', x: 0, y: 0, text: '' }, after: null }] }), { reason: 'note_before_mismatch', noteId: 'x' }],
      ['a note too long', () => delta({ notes: [{ before: null, after: { id: 'x', x: 0, y: 0, text: '长'.repeat(501) } }] }), { reason: 'malformed', noteId: 'x' }],
      ['aims from others than there are', () => delta({ settings: { before: { urban: { lower: 1, upper: 9, target: 5 }, rural: { lower: 1, upper: 9, target: 5 }, minMembers: 0 }, after: null } }), { reason: 'settings_before_mismatch' }],
      ['aims that are none', () => delta({ settings: { before: null, after: { urban: { lower: 9, upper: 1, target: 5 }, rural: { lower: 1, upper: 9, target: 5 }, minMembers: 0 } } }), { reason: 'malformed' }],
    ]
    it.each(wrong)('%s', (_, spoil, expected) =>
      asOfficer(async (land) => {
        await db().query('savepoint attempt')
        expect(await expectRefusal(save(PLAN, 1, delta({}), spoil(land)), 'delta_invalid')).toMatchObject({ index: 1, ...expected })
        await db().query('rollback to attempt')
        expect(await read(PLAN)).toMatchObject({ revision: 1, land: null })
      }))

    it('a cell that goes while it is in a grid, or with a link', () =>
      asOfficer(async (land) => {
        const merged = land.mergeCells(4, 12)
        await save(PLAN, 1, delta({ links: [{ cells: [11, 12], before: null, after: 'wall' }] }))
        await db().query('savepoint attempt')
        expect(await expectRefusal(save(PLAN, 2, delta({ land: merged })), 'delta_invalid')).toMatchObject({ reason: 'land_cell_in_grid', cellId: 12 })
        await db().query('rollback to attempt')
        const leaves = { cells: [{ cell: 12, from: A2, to: null }], land: merged }
        expect(await expectRefusal(save(PLAN, 2, delta(leaves)), 'delta_invalid')).toMatchObject({ reason: 'link_cell_unknown', cellId: 11, otherCellId: 12 })
        await db().query('rollback to attempt')
        await save(PLAN, 2, delta({ ...leaves, links: [{ cells: [11, 12], before: 'wall', after: null }] }))
      }))
  })

  it('copies land, links, notes and aims as they were at a revision, with edits on top', () =>
    asOfficer(async (land) => {
      const first = cut(land, 3, 15000)
      await save(PLAN, 1, delta({ cells: [{ cell: first.upper, from: null, to: A2 }], land: first.edit, links: [{ cells: [1, 8], before: null, after: 'bridge' }] }))
      const then = await read(PLAN)
      const second = cut(land, 20, 15000, true)
      const merged = land.mergeCells(4, 12)
      await save(PLAN, 2,
        delta({ cells: [{ cell: 20, from: A2, to: null }, { cell: second.lower, from: null, to: A2 }, { cell: second.upper, from: null, to: A2 }], land: second.edit }),
        delta({ cells: [{ cell: 12, from: A2, to: null }], land: merged, links: [{ cells: [1, 8], before: 'bridge', after: null }], notes: [{ before: null, after: { id: 'n', x: 1, y: 1, text: '' } }] }))
      const now = await read(PLAN)
      const copy = async (revision: number, edits: unknown[] = []) =>
        read((await call<{ planId: string }>('public.copy_plan_draft($1, $2, $3, $4::jsonb)', PLAN, '副本', revision, JSON.stringify(edits))).planId)
      const content = ({ land: own, cellIds, cellGrid, links, notes, settings }: Document) => ({ own, cellIds, cellGrid, links, notes, settings })
      expect(content(await copy(2))).toEqual(content(then))
      expect(content(await copy(3))).toEqual(content(now))
      expect(content(await copy(1))).toMatchObject({ own: null, links: [], notes: [] })
      expect((await copy(2, [{ delta: delta({ cells: [{ cell: first.upper, from: A2, to: A1 }] }) }])).revision).toBe(1)
    }))

  it('publishes: the next edition of the land, homes in their cells, and the former edition still to be seen', () =>
    asOfficer(async (land) => {
      const parted = cut(land, 3, 15000, true)
      const moved = land.moveNode(16, 121000, 19000)
      const merged = land.mergeCells(4, 12)
      await save(PLAN, 1,
        delta({ cells: [{ cell: 3, from: A2, to: null }, { cell: parted.lower, from: null, to: A1 }, { cell: parted.upper, from: null, to: A2 }], land: parted.edit }),
        delta({ land: moved }),
        delta({ cells: [{ cell: 12, from: A2, to: null }], land: merged, links: [{ cells: [parted.lower, 8], before: null, after: 'bridge' }] }))
      expect(await check(PLAN)).toEqual([])
      const answer = await publish(PLAN, 2)
      expect(answer).toMatchObject({ published: true, editionNumber: 2 })

      const document = await read(PLAN)
      expect(document).toMatchObject({ status: 'published', land: null })
      expect(document.cellIds.every((id) => id > 0)).toBe(true)
      const gridOf = new Map(document.cellIds.map((id, k) => [id, document.grids[document.cellGrid[k]].id]))
      await become('owner')
      expect(await rows('select * from private.land_errors(1)')).toEqual([])
      expect(await rows(`select (select edition from public.lands where id = 1) as edition, count(*)::int as cells from public.cells where land_id = 1 and to_edition is null`)).toEqual([{ edition: 2, cells: 32 }])
      // Polygons: no overlap, and together the land; figures add up.
      const [tiling] = await rows<{ parts: number; whole: number; households: number; land: number }>(`select sum(extensions.st_area(g.geom)) as parts, extensions.st_area(extensions.st_union(g.geom)) as whole,
        sum(g.households)::int as households, (select land_edition from public.grid_editions where land_id = 1 and valid_to is null) as land
        from public.grids g join public.grid_editions e on e.id = g.edition_id and e.land_id = 1 and e.valid_to is null`)
      expect(Math.abs(tiling.parts / tiling.whole - 1)).toBeLessThan(1e-12)
      expect(tiling).toMatchObject({ households: 96, land: 2 })
      // Home 3 stands in the western part, which grid a1 has; home 12 in the cell that took its own in.
      const homes = await rows<{ id: number; cell: number }>('select id, cell_id as cell from public.buildings where id in (3, 12, 16) order by id')
      expect(homes.map(({ cell }) => gridOf.get(cell))).toEqual([A1, A2, '00000000-0000-4000-8000-0000000000a4'])
      expect(homes[1].cell).toBe(4)
      expect(await rows(`select changed_cells, moved_households from public.grid_editions where land_id = 1 and number = 2`)).toMatchObject([{ moved_households: 3 }])
      expect(await rows(`select cell_a > 0 and cell_b > 0 as named, from_edition from public.land_links where to_edition is null`)).toEqual([{ named: true, from_edition: 2 }])
      expect(await rows(`select kind, count(*)::int as n from private.former_land_things group by kind order by kind`)).toEqual([{ kind: 'building', n: 2 }, { kind: 'cell', n: 11 }])
      expect(await rows(`select count(*)::int as n from public.plan_land_arcs`)).toEqual([{ n: 0 }])

      await become('officer')
      // The former edition on the cells of today: the new cells show the grid their land had.
      const former = await call<{ landEdition: number; links: unknown; cellIds: number[]; cellGrid: number[]; grids: { id: string }[] }>('public.grid_edition(1, 1)')
      const formerOf = new Map(former.cellIds.map((id, k) => [id, former.grids[former.cellGrid[k]].id]))
      expect(former).toMatchObject({ landEdition: 1, links: [] })
      expect(await call('public.scope_snapshot(1)')).toMatchObject({ land: { edition: 2 }, edition: { number: 2, links: document.links } })
      expect(formerOf.get(homes[0].cell)).toBe(A2)
      expect(formerOf.get(3)).toBe(A2)
      const history = await call<{ action: string; editionNumber: number }[]>('public.plan_history(1)')
      expect(history[0]).toMatchObject({ action: 'published', editionNumber: 2, households: 3 })
      // And so on: the next draft begins with the link and the new land, and comes into force.
      const next = await open('再调')
      expect((await read(next)).links).toEqual(document.links)
      const again = await readLand()
      const node = [...again.nodes.values()].find(({ x, y }) => x === 121000 && y === 19000)!
      await save(next, 0, delta({ land: again.moveNode(node.id, 120000, 20000), links: [{ cells: document.links[0].cells, before: 'bridge', after: null }] }))
      expect(await publish(next, 1)).toMatchObject({ published: true, editionNumber: 3 })
      expect(await call('public.scope_snapshot(1)')).toMatchObject({ edition: { links: [] } })
      expect(await call('public.grid_edition(1, 2)')).toMatchObject({ links: document.links })
      await become('owner')
      expect(await rows('select from_edition, to_edition from public.land_links')).toEqual([{ from_edition: 2, to_edition: 3 }])
      expect(await rows('select * from private.land_errors(1)')).toEqual([])
    }))

  it('takes other drafts along; land drawn where it changed is set aside in the log, not lost', () =>
    asOfficer(async (land) => {
      const [plain, apart, near] = [await open('无地'), await open('远处'), await open('相邻')]
      await save(plain, 0, delta({ cells: [{ cell: 3, from: A2, to: A1 }], links: [{ cells: [3, 30], before: null, after: 'bridge' }] }))
      const far = cut(await readLand(), 32, 15000)
      await save(apart, 0, delta({ cells: [{ cell: far.upper, from: null, to: '00000000-0000-4000-8000-0000000000a4' }], land: far.edit }))
      const close = cut(await readLand(), 11, 5000, true)
      await save(near, 0, delta({ cells: [{ cell: 11, from: A2, to: null }, { cell: close.lower, from: null, to: A2 }, { cell: close.upper, from: null, to: A1 }], land: close.edit }))
      const drawn = (await read(near)).land

      const parted = cut(land, 3, 15000, true)
      await save(PLAN, 1, delta({ cells: [{ cell: 3, from: A2, to: null }, { cell: parted.lower, from: null, to: A2 }, { cell: parted.upper, from: null, to: A2 }], land: parted.edit }))
      expect(await publish(PLAN, 2)).toMatchObject({ published: true })
      const today = await read(PLAN)
      const fresh = today.cellIds.filter((id) => id > 32)
      expect(fresh).toHaveLength(2)

      const gridsOf = ({ cellIds, cellGrid, grids }: Document, ids: readonly number[]) => ids.map((id) => grids[cellGrid[cellIds.indexOf(id)]].id)
      const first = await read(plain)
      expect(first).toMatchObject({ revision: 2, land: null, links: [] })
      expect(first.cellIds).toEqual(today.cellIds)
      expect(gridsOf(first, fresh)).toEqual([A1, A1])
      const second = await read(apart)
      expect(second).toMatchObject({ revision: 2 })
      expect(second.land!.after.cells.map(({ id }) => id)).toContain(far.upper)
      expect(second.cellIds).toEqual([far.upper, ...today.cellIds])
      const third = await read(near)
      expect(third).toMatchObject({ revision: 3, land: null })
      expect(third.cellIds).toEqual(today.cellIds)
      expect(gridsOf(third, [11])).toEqual([A1])
      const log = await call<{ delta: { carried: { landSetAside?: LandEdit } }; note: { key: string } }[]>('public.plan_edits_since($1, 1)', near)
      expect(log.map(({ note }) => note.key)).toEqual(['redesign.note.landSetAside', 'redesign.note.landChanged'])
      expect(log[0].delta.carried.landSetAside).toEqual(drawn)
      // They are outdated, as they would be after any publication, and can be saved and copied.
      await expectRefusalInside(() => publish(apart, 2), 'plan_base_outdated')
      expect(await call('public.copy_plan_draft($1, $2, 2, $3::jsonb)', apart, '副本', '[]')).toHaveProperty('planId')
      const copied = await call<{ planId: string }>('public.copy_plan_draft($1, $2, 0, $3::jsonb)', apart, '副本', '[]')
      expect(await publish(copied.planId, 0)).toMatchObject({ published: true, editionNumber: 3 })
      await become('owner')
      expect(await rows('select * from private.land_errors(1)')).toEqual([])
    }))
  const expectRefusalInside = async (work: () => Promise<unknown>, code: string) => {
    await db().query('savepoint inside')
    await expectRefusal(work(), code)
    await db().query('rollback to inside')
  }

  it('copies a plan that was in force before the land changed: new cells show the grid they lay in', () =>
    asOfficer(async (land) => {
      await save(PLAN, 1, delta({ cells: [{ cell: 3, from: A2, to: A1 }] }))
      expect(await publish(PLAN, 2)).toMatchObject({ published: true })
      const next = await open('改地')
      const parted = cut(land, 3, 15000, true)
      await save(next, 0, delta({ cells: [{ cell: 3, from: A1, to: null }, { cell: parted.lower, from: null, to: A2 }, { cell: parted.upper, from: null, to: A2 }], land: parted.edit }))
      expect(await publish(next, 1)).toMatchObject({ published: true, editionNumber: 3 })
      const today = await read(next)
      const copy = await read((await call<{ planId: string }>('public.copy_plan_draft($1, $2, 2, $3::jsonb)', PLAN, '旧方案', '[]')).planId)
      expect(copy.cellIds).toEqual(today.cellIds)
      expect(copy.cellIds.filter((id) => id > 32).map((id) => copy.grids[copy.cellGrid[copy.cellIds.indexOf(id)]].id)).toEqual([A1, A1])
    }))

  it('keeps a draft that is limited to a community to the land of that community', () =>
    rolledBack(async () => {
      await become('secretary')
      const land = await readLandForSecretary()
      const plan = await open('社区方案')
      // A corner of the other community's own borders, a house there: not the secretary's.
      await expectRefusalInside(() => save(plan, 0, delta({ land: land.moveNode(16, 121000, 19000) })), 'outside_draft')
      await expectRefusalInside(() => save(plan, 0, delta({ land: { before: { ...EMPTY, buildings: [{ id: 7, cell: 7 }] }, after: { ...EMPTY, buildings: [{ id: 7, cell: 7 }] } } })), 'outside_draft')
      const own = await readLandForSecretary()
      const parted = cut(own, 4, 5000)
      await save(plan, 0, delta({ cells: [{ cell: parted.upper, from: null, to: A2 }], land: parted.edit }))
      expect((await read(plan)).land?.after.cells.map(({ id }) => id)).toContain(parted.upper)
    }))
  /** The land as its owner sees it, for the secretary who goes on. */
  async function readLandForSecretary(): Promise<DrawnLand> {
    await become('owner')
    const land = await readLand()
    await become('secretary')
    return land
  }

  it('a publication that is refused, late too, leaves no trace', () =>
    rolledBack(async () => {
      const land = await readLand()
      const parted = cut(land, 20, 15000)
      await become('officer')
      await save(PLAN, 1, delta({ cells: [{ cell: parted.upper, from: null, to: null }], land: parted.edit }))
      await become('owner')
      const before = await traces()
      await become('officer')
      expect(await publish(PLAN, 2)).toMatchObject({ published: false, findings: [{ code: 'cell_without_grid', cellIds: [parted.upper] }] })
      await save(PLAN, 2, delta({ cells: [{ cell: parted.upper, from: null, to: A2 }] }))
      // A border elsewhere is missing: found when all is written, by the proof of the land as a whole.
      await become('owner')
      await db().query('delete from public.land_arcs where left_cell = 5 and right_cell = 6')
      await become('officer')
      expect((await publish(PLAN, 3)).findings.map(({ code }) => code)).toContain('coverage_broken')
      await become('owner')
      expect(await traces()).toEqual(before)
      await become('officer')
      expect(await read(PLAN)).toMatchObject({ status: 'draft', revision: 3 })
    }))

  it('an import that changes the land sets aside what was drawn under its houses, and leaves the rest', () =>
    rolledBack(async () => {
      await become('admin')
      const [apart, under] = [await open('远处'), await open('屋下')]
      const far = cut(await readLand(), 32, 15000)
      await save(apart, 0, delta({ cells: [{ cell: far.upper, from: null, to: '00000000-0000-4000-8000-0000000000a4' }], land: far.edit }))
      const close = cut(await readLand(), 2, 15000)
      await save(under, 0, delta({ cells: [{ cell: close.upper, from: null, to: A1 }], land: close.edit }))
      const source = await call<{ communities: { code: string; name: string; kind: string }[]; buildings: { id: number; lng: number; lat: number }[] }>('public.land_source(1)')
      const { importId } = await call<{ importId: string }>('public.import_begin($1, 2, $2::jsonb)', 'land_change', JSON.stringify({ baseEdition: 1 }))
      const target = source.buildings.find(({ id }) => id === 2)!
      const parts = {
        communities: source.communities.map(({ code, name, kind }) => ({ code, name, kind })),
        cells: [{ id: 2, change: 'kept', community: 0, areaM2: 10000, labelX: 30000, labelY: 10000 }],
        buildings: [{ id: 2, community: 0, compound: -1, cell: 0, lng: target.lng, lat: target.lat }],
        gone: [{ thing: 'building', id: 1, moveTo: 0 }],
      }
      for (const [kind, list] of Object.entries(parts)) await call('public.import_chunk($1, $2, 0, $3::jsonb)', importId, kind, JSON.stringify(list))
      const answer = await call<{ drafts: { planId: string; landSetAside: boolean }[] }>('public.import_commit($1)', importId)
      const aside = new Map(answer.drafts.map(({ planId, landSetAside }) => [planId, landSetAside]))
      expect([aside.get(PLAN), aside.get(apart), aside.get(under)]).toEqual([false, false, true])
      expect((await read(apart)).land).not.toBeNull()
      expect(await read(under)).toMatchObject({ land: null, revision: 2 })
      expect((await read(apart)).cellIds).toHaveLength(33)
    }))
})

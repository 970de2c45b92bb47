import { describe, expect, it } from 'vitest'
import { checkLand } from '@/algorithms/topology/check-land'
import { changeRunJob } from '@/rooms/data-exchange/jobs/change-run/change-run-job'
import type { ChangeMode, ChangeRun } from '@/rooms/data-exchange/land-change'
import { CellChange } from '@/rooms/data-exchange/land-change'
import { DEFAULT_HOUSEHOLD_RULE } from '@/rooms/data-exchange/model'
import type { Pair } from '@/rooms/data-exchange/model'
import { isSameArea, isSameLine, overlapShare } from '@/rooms/data-exchange/operations/compare-shapes'
import { isLastingId, matchBuildings } from '@/rooms/data-exchange/operations/match-buildings'
import { packChange } from '@/rooms/data-exchange/operations/pack-change'
import type { PeopleDecision } from '@/rooms/data-exchange/operations/pack-change'
import type { StandingLand } from '@/rooms/data-exchange/standing-land'
import { collection, feature, fileOf, polygon, square, town } from '../../../fixtures/import/make-files'
import { choicesOf, standingTown } from '../../../helpers/town-import'

const [LNG, LAT] = [117.6, 36.2]
const CONTROL = { onProgress() {} }
const WORDS = { community: 'Community {n}', compound: 'Yard {n}', room: 'estimated {n}' }
const STEP: Pair = [120 / (111_320 * Math.cos((LAT * Math.PI) / 180)), 120 / 110_950]
const FRAME = { lng0: LNG, lat0: LAT, mPerDegLng: 89_983.5, mPerDegLat: 110_964.25 }
const TOWN = town(LNG, LAT, 3)
const HOUSES = (JSON.parse(TOWN.buildings) as { features: { properties: { id: string }; geometry: { coordinates: Pair[][] } }[] }).features

const { land, standing, bounds: BOUNDS } = await standingTown(TOWN)

async function run(features: readonly unknown[], mode: ChangeMode, at = standing): Promise<ChangeRun> {
  const files = [fileOf('new.geojson', collection(features))]
  return changeRunJob({ files, options: { files: await choicesOf(files), households: DEFAULT_HOUSEHOLD_RULE }, land, standing: at, mode, bounds: BOUNDS }, CONTROL)
}
const house = (x: number, y: number, sizeM: number, properties: Record<string, unknown> = {}) =>
  feature(polygon(square(LNG + x * STEP[0], LAT + y * STEP[1], sizeM)), { building: 'apartments', 'building:levels': '6', ...properties })
const codes = (result: ChangeRun) => result.findings.map(({ code }) => code)
const rowsOf = (result: ChangeRun, decisions = new Map<number, PeopleDecision>()) => {
  const rows: Record<string, Record<string, unknown>[]> = {}
  for (const chunk of packChange(result.change!, standing, decisions, DEFAULT_HOUSEHOLD_RULE, WORDS)) (rows[chunk.kind] ??= []).push(...(chunk.rows as Record<string, unknown>[]))
  return rows
}

describe('a change of land', () => {
  it('finds nothing to do in the very same files, whatever way round a ring runs and wherever it begins', async () => {
    expect(codes(await run(HOUSES, 'replace'))).toContain('change_none')
    const turned = HOUSES.map((item) => {
      const [ring] = item.geometry.coordinates
      const open = ring.slice(0, -1).reverse()
      const from = [...open.slice(2), ...open.slice(0, 2)]
      return { ...item, geometry: { ...item.geometry, coordinates: [[...from, from[0]]] } }
    })
    expect(codes(await run(turned, 'replace'))).toContain('change_none')
  })

  it('removes what replacing files do not have, and nothing when they add', async () => {
    const replaced = (await run(HOUSES.slice(3), 'replace')).change!
    expect(replaced.figures.buildings).toEqual({ added: 0, changed: 0, removed: 3, same: 78 })
    expect(replaced.figures.cells).toMatchObject({ recut: 0, new: 0, gone: 0 })
    const added = (await run([house(0.5, 0.5, 6, { id: 'x' })], 'add')).change!
    expect(added.figures.buildings).toEqual({ added: 1, changed: 0, removed: 0, same: 81 })
  })

  it('cuts again only what a new house lies across; every cell is accounted for and the land fits together', async () => {
    const { change } = await run([...HOUSES, house(0.44, 0.44, 40, { id: 'across' })], 'replace')
    const { kept, recut, new: fresh, gone } = change!.figures.cells
    expect(recut + fresh).toBeGreaterThan(0)
    expect(kept).toBeGreaterThan(recut + fresh)
    expect(kept + recut + gone).toBe(land.cellIds.length)
    expect(kept + recut + fresh).toBe(change!.land.cellIds.length)
    expect(checkLand(change!.land).problems).toEqual([])
    // Arcs that stay and arcs that go are all the arcs there were.
    const stayed = [...change!.land.arcIds].filter((id) => id > 0)
    expect(stayed.length + change!.diff.goneArcs.length).toBe(land.arcIds.length)
    expect(change!.diff.newArcs.every((arc) => change!.land.arcIds[arc] === 0)).toBe(true)
  })

  it('matches houses by place where files have no ids, and tells what differs', async () => {
    const nameless = HOUSES.map((item, k) => ({ ...item, properties: { building: 'apartments', 'building:levels': k === 5 ? '8' : '6' } }))
    const { change } = await run(nameless, 'replace')
    expect(change!.figures.buildings).toEqual({ added: 0, changed: 1, removed: 0, same: 80 })
    expect(change!.list).toMatchObject([{ kind: 'building', state: 'changed', aspects: ['floors'], row: 7 }])
  })

  it('sends only what is new or different, and what that refers to', async () => {
    const result = await run([...HOUSES.slice(1), house(0.44, 0.44, 40, { id: 'across' })], 'replace')
    const rows = rowsOf(result, new Map([[0, { kind: 'keep' }]]))
    expect(rows['arcs']).toHaveLength(result.change!.diff.newArcs.length)
    expect(rows['cells'].filter(({ change }) => change !== 'kept')).toHaveLength(result.change!.figures.cells.recut + result.change!.figures.cells.new)
    expect(rows['buildings'].length).toBeLessThan(40)
    expect(rows['buildings'].find(({ id }) => id === standing.buildings[0].id)).toMatchObject({ needsReview: 'pulled_down' })
    expect(rows['gone'].some(({ thing }) => thing === 'building')).toBe(false)
    for (const arc of rows['arcs']) {
      expect(rows['nodes'][arc['start'] as number]).toMatchObject({ x: (arc['xy'] as number[])[0], y: (arc['xy'] as number[])[1] })
      for (const side of ['left', 'right']) expect(arc[side] as number).toBeLessThan(rows['cells'].length)
    }
    for (const cell of rows['cells']) expect(cell['id'] === null).toBe(cell['change'] === 'new')
  })

  it('names houses that go with people in them, and moves them to the house chosen', async () => {
    const result = await run([...HOUSES.slice(1), house(0.14, 0.07, 10, { id: 'next', name: '新楼' })], 'replace')
    const [home] = result.change!.inhabited
    expect(home).toMatchObject({ standing: 0, households: standing.buildings[0].households, members: 2 })
    expect(home.candidates[0]).toMatchObject({ name: '新楼', added: true })
    const undecided = rowsOf(result)
    expect(undecided['gone'].find(({ thing }) => thing === 'building')).toMatchObject({ id: standing.buildings[0].id, moveTo: null })
    const moved = rowsOf(result, new Map([[0, { kind: 'move', building: home.candidates[1].building }]]))
    const to = moved['gone'].find(({ thing }) => thing === 'building')!['moveTo'] as number
    const target = result.change!.merged.buildings[home.candidates[1].building]
    expect(moved['buildings'][to]).toMatchObject({ id: standing.buildings[target.standing].id })
  })

  it('keeps a pulled-down house while people are registered there, and lets it go when they have moved', async () => {
    const record = (households: number): StandingLand => ({
      ...standing, buildings: standing.buildings.map((b, k) => (k === 0 ? { ...b, needsReview: 'pulled_down', households, members: 0 } : b)),
    })
    const still = await run(HOUSES.slice(1), 'replace', record(2))
    expect(codes(still)).toContain('change_none')
    const gone = (await run(HOUSES.slice(1), 'replace', record(0))).change!
    expect(gone.goneShapes).toHaveLength(0)
    expect(gone.list).toMatchObject([{ state: 'removed' }])
    expect((await run(HOUSES, 'replace', record(2))).change!.list).toMatchObject([{ state: 'changed', aspects: ['standsAgain'] }])
  })

  it('cuts along a new street; one that is there already is the same street', async () => {
    const way = (id: string) => feature({ type: 'LineString', coordinates: [[LNG + 0.37 * STEP[0], LAT], [LNG + 0.37 * STEP[0], LAT + STEP[1]]] }, { highway: 'residential', id })
    const { change } = await run([way('new')], 'add')
    expect(change!.figures).toMatchObject({ streets: { added: 1, changed: 0, removed: 0 }, buildings: { removed: 0 } })
    expect([...change!.diff.cellChange].some((kind) => kind !== CellChange.kept)).toBe(true)
    expect(codes(await run((JSON.parse(TOWN.streets) as { features: unknown[] }).features, 'replace'))).toContain('change_none')
  })

  it('refuses files of another place and files that tell nothing; says what it does not take', async () => {
    const elsewhere = (JSON.parse(town(LNG + 0.1, LAT, 2).buildings) as { features: unknown[] }).features
    const missed = await run(elsewhere, 'replace')
    expect(missed.change).toBeNull()
    expect(missed.findings.find(({ code }) => code === 'change_misses_land')).toMatchObject({ severity: 'blocker', values: { inside: 0, bearing: 'e' } })
    expect(codes(await run([feature(polygon(square(LNG, LAT, 400)), { name: 'N', adcode: 370116 })], 'add'))).toContain('change_nothing_told')
    const withOutline = await run([...HOUSES.slice(1), feature(polygon(square(LNG, LAT, 400)), { name: 'N', adcode: 370116 })], 'replace')
    expect(codes(withOutline)).toContain('change_outline_kept')
    expect(codes(await run(HOUSES.slice(50), 'replace'))).toContain('change_removes_most')
  })
})

describe('which house is which', () => {
  const at = (x: number, sizeM: number) => ({ polygons: [[square(LNG + x * STEP[0], LAT, sizeM) as Pair[]]] })
  it('takes ids where the two overlap, place where ids were dealt anew, ids near by for a house that moved', () => {
    const there = [{ ...at(0, 20), sourceRef: 'a' }, { ...at(1, 20), sourceRef: 'b' }, { ...at(2, 20), sourceRef: 'c' }]
    expect([...matchBuildings(there, [{ ...at(1, 20), sourceId: 'a' }, { ...at(0, 20), sourceId: 'b' }, { ...at(2.2, 20), sourceId: 'c' }])]).toEqual([1, 0, 2])
    expect([...matchBuildings(there, [{ ...at(9, 20), sourceId: 'a' }])]).toEqual([-1])
  })
  it('does not trust row numbers', () => {
    expect(isLastingId('row 12')).toBe(false)
    expect(isLastingId('0:row 12')).toBe(false)
    expect(isLastingId('way/12')).toBe(true)
  })
  it('takes a standing house once, for the largest overlap', () => {
    const there = [{ ...at(0, 20), sourceRef: null }]
    expect([...matchBuildings(there, [{ ...at(0.03, 20), sourceId: 'row 1' }, { ...at(0, 20), sourceId: 'row 2' }])]).toEqual([-1, 0])
  })
})

describe('shapes', () => {
  const ring = square(LNG, LAT, 20) as Pair[]
  it('are the same within three centimetres, not within five', () => {
    const shifted = (m: number) => ring.map(([x, y]): Pair => [x + m / FRAME.mPerDegLng, y])
    expect(isSameArea(FRAME, [[ring]], [[shifted(0.02)]])).toBe(true)
    expect(isSameArea(FRAME, [[ring]], [[shifted(0.06)]])).toBe(false)
    expect(isSameLine(FRAME, ring.slice(0, 3), ring.slice(0, 3).reverse())).toBe(true)
    expect(isSameLine(FRAME, ring.slice(0, 3), ring.slice(1, 4))).toBe(false)
  })
  it('overlap by a third when shifted by half', () => {
    // Union 1.5, common 0.5.
    const half = ring.map(([x, y]): Pair => [x + 10 / FRAME.mPerDegLng, y])
    expect(overlapShare([[ring]], [[half]])).toBeCloseTo(1 / 3, 1)
  })
})

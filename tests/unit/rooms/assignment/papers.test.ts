import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { makePlates, PLATE_SHEETS } from '@/rooms/assignment/papers/make-plates'
import { makeWorkbooks } from '@/rooms/assignment/papers/make-workbooks'
import { householdsOf, noticeBlocks, placeOf } from '@/rooms/assignment/papers/notice-blocks'
import { makeNoticeMaps, NOBODY } from '@/rooms/assignment/papers/notice-map'
import { blockLines, NOTICE, pageNotice } from '@/rooms/assignment/papers/page-notice'
import type { PaperHousehold, PaperMember, PaperRows } from '@/rooms/assignment/papers/paper-rows'
import { emWidth, wrapEm } from '@/rooms/assignment/papers/text-width'
import { isVisitWeek, visitWeeks } from '@/rooms/assignment/papers/visit-weeks'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

const member = (id: number, communityId = 3): PaperMember => ({
  id, communityId, name: '张*', phone: `1380000${String(id).padStart(4, '0')}`, group: '第一党小组', committee: id === 1, leader: false, frail: false, exempt: null,
  minHouseholds: null, maxHouseholds: null, reachM: null,
})
const flat = (id: number, memberId: number | null, buildingId = 1001, communityId = 3): PaperHousehold => ({
  id, communityId, buildingId, memberId, address: `文昌路1号院1号楼2单元${id}`, stairwell: '2单元', room: String(id), head: '李*', category: id % 8, residents: 3,
})
const farm = (id: number, memberId: number | null): PaperHousehold => ({
  ...flat(id, memberId, 2000 + id), address: `大下河村${id}号`, stairwell: '', room: '',
})
function rowsOf(households: readonly PaperHousehold[], members = 4, name = '文昌社区'): PaperRows {
  return {
    watermark: '李* 高庄街道 2026-11-22 09:00 ABCD1234', at: '2026-11-22T01:00:00Z',
    communities: [{ id: 3, code: '370116001001', name, edition: 2, validFrom: '2026-11-01T00:00:00Z' }],
    members: Array.from({ length: members }, (_, k) => member(k + 1)), households, care: [{ memberId: 1, frailId: 4 }],
  }
}
const WHOLE = { communityId: 3, buildingIds: null }
const FRAME = { width: 396, height: 226 }

describe('the public notice', () => {
  it('numbers members in the order of their first household and leaves nobody out', () => {
    const blocks = noticeBlocks(rowsOf([flat(101, 2), flat(102, 1), flat(103, null), flat(104, 2), flat(105, 99)]), WHOLE)
    expect(blocks.map(({ number, member, households }) => [number, member?.id ?? null, households.map(({ id }) => id)])).toEqual([
      [1, 2, [101, 104]], [2, 1, [102]], [0, null, [103, 105]],
    ])
  })

  it('says a house of one household by its own address without the name of the village, flats below their stairwell', () => {
    const alone = { ...flat(501, 1), address: '文昌路1号院1号楼3单元501', stairwell: '3单元' }
    const [block] = noticeBlocks(rowsOf([farm(2, 1), farm(3, 1), flat(201, 1), flat(202, 1), alone], 1, '大下河村'), WHOLE)
    expect(block.places).toEqual([
      { place: '', entries: ['2号 李*', '3号 李*'] },
      { place: '文昌路1号院1号楼2单元', entries: ['201 李*', '202 李*'] },
      { place: '', entries: ['文昌路1号院1号楼3单元501 李*'] },
    ])
    expect(placeOf(flat(201, 1))).toBe('文昌路1号院1号楼')
  })

  it.each([1, 2, 3])('keeps every block whole and every household once, however many there are (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const members = 60
    const households = Array.from({ length: 700 }, (_, k) => {
      const holder = Math.floor(random() * members * 1.05) + 1
      return random() < 0.5 ? flat(k + 1, holder, 1001 + Math.floor(random() * 9)) : farm(k + 1, holder)
    })
    const blocks = noticeBlocks(rowsOf(households, members), WHOLE)
    const pages = pageNotice(blocks, FRAME)
    const placed = pages.flatMap(({ columns }) => columns.flat())
    expect(placed.map(({ block }) => block.number)).toEqual(blocks.map(({ number }) => number))
    expect(placed.every(({ isContinued }) => !isContinued)).toBe(true)
    expect(placed.flatMap(({ block }) => block.households.map(({ id }) => id)).sort((a, b) => a - b)).toEqual(households.map(({ id }) => id))
    const shown = placed.flatMap(({ lines }) => lines.flatMap((line) => (line.kind === 'cells' ? line.cells : [])))
    expect(shown).toHaveLength(households.length)
    for (const { columns, isWide } of pages) {
      expect(columns.length).toBeLessThanOrEqual(isWide ? 1 : NOTICE.columns)
      for (const column of columns) {
        const height = column.reduce((sum, { lines }) => sum + NOTICE.headLine + lines.length * NOTICE.line + NOTICE.blockGap, 0)
        expect(height).toBeLessThanOrEqual(FRAME.height + NOTICE.blockGap)
      }
    }
  })

  it('gives a member with more households than a column holds a page of his own, and goes on only where a page is too small', () => {
    const many = pageNotice(noticeBlocks(rowsOf([flat(1, 2), ...Array.from({ length: 130 }, (_, k) => flat(k + 100, 1))]), WHOLE), FRAME)
    expect(many.map(({ isWide, columns }) => [isWide, columns.flat().map(({ block }) => block.number)])).toEqual([[false, [1]], [true, [2]]])
    const more = pageNotice(noticeBlocks(rowsOf(Array.from({ length: 800 }, (_, k) => flat(k + 100, 1))), WHOLE), FRAME)
    expect(more.length).toBeGreaterThan(1)
    expect(more.map(({ columns }) => columns[0][0].isContinued)).toEqual([false, ...Array.from({ length: more.length - 1 }, () => true)])
    expect(more.flatMap(({ columns }) => columns[0][0].lines.flatMap((line) => (line.kind === 'cells' ? line.cells : [])))).toHaveLength(800)
  })

  it('never lays a line wider than its column', () => {
    const long = { ...flat(101, 1), address: `${'很长的街道名字'.repeat(5)}2单元101` }
    const width = 126
    for (const line of blockLines(noticeBlocks(rowsOf([long, flat(102, 1), farm(9, 1)]), WHOLE)[0], width)) {
      const texts = line.kind === 'place' ? [line.text] : line.cells
      const most = line.kind === 'place' ? width : width / line.across
      for (const text of texts) expect(emWidth(text) * NOTICE.em).toBeLessThanOrEqual(most)
    }
    expect(wrapEm('一二三四五', 2)).toEqual(['一二', '三四', '五'])
  })

  it('of one compound tells of its buildings alone', () => {
    const rows = rowsOf([flat(101, 1, 1001), flat(102, 1, 1002), flat(103, 2, 1003)])
    expect(householdsOf(rows, { communityId: 3, buildingIds: new Set([1001, 1003]) }).map(({ id }) => id)).toEqual([101, 103])
  })
})

describe('the map of the notice', () => {
  const scope = decodeSnapshot(makeSnapshot(), buildCellAdjacency)
  const own = Array.from(scope.buildings.community.keys()).filter((k) => scope.buildings.community[k] === 0)
  const houses = new Map(own.map((k, at) => [k, [{ number: at + 1, households: 5 }, ...(at === 0 ? [{ number: 0, households: 5 }] : [])]]))
  const [map, ...others] = makeNoticeMaps(scope, 0, houses, { width: 396, height: 200 })

  it('has every member’s number, on the paper, and colours of neighbours apart', () => {
    expect(map.labels.map(({ number }) => number).sort((a, b) => a - b)).toEqual(own.map((_, at) => at + 1))
    for (const { x, y } of map.labels) expect(x > 0 && x < 396 && y > 0 && y < 200).toBe(true)
    const colourOf = new Map(map.houses.map(({ colour }, k) => [k, colour]))
    expect(new Set(map.houses.slice(0, 5).map(({ colour }) => colour)).size).toBe(5)
    expect(colourOf.size).toBe(own.length + 1)
    expect(others).toEqual([])
  })

  it('drops no number where a building has more members than room', () => {
    const crowd = Array.from({ length: 40 }, (_, k) => ({ number: k + 1, households: 1 }))
    const [crowded] = makeNoticeMaps(scope, 0, new Map([[own[0], crowd]]), { width: 40, height: 20 })
    expect(crowded.labels.map(({ number }) => number).sort((a, b) => a - b)).toEqual(crowd.map(({ number }) => number))
  })

  it('takes as many sheets as keep it readable, and no number is lost between them', () => {
    const sheets = makeNoticeMaps(scope, 0, houses, { width: 60, height: 80 })
    expect(sheets.length).toBeGreaterThan(3)
    expect(sheets.flatMap(({ labels }) => labels.map(({ number }) => number)).sort((a, b) => a - b)).toEqual(own.map((_, at) => at + 1))
    for (const { metresPerMm } of sheets) expect(metresPerMm).toBeLessThanOrEqual(2.01)
  })

  it('cuts a building between its members and hatches what nobody has', () => {
    expect(map.houses.filter(({ colour }) => colour === NOBODY)).toHaveLength(1)
    expect(map.bar.metres / map.bar.mm).toBeCloseTo(map.metresPerMm, 6)
  })
})

describe('plates and cards', () => {
  const rows = rowsOf([...Array.from({ length: 19 }, (_, k) => flat(k + 1, (k % 3) + 1)), flat(40, null)])

  it('are one a household with a member, so many a sheet, within the paper', () => {
    expect(makePlates(rows, WHOLE, 'plate').map((sheet) => sheet.length)).toEqual([8, 8, 3])
    expect(makePlates(rows, WHOLE, 'card').map((sheet) => sheet.length)).toEqual([10, 9])
    expect(makePlates(rows, WHOLE, 'plate').flat().map(({ household }) => household?.id)).toEqual(Array.from({ length: 19 }, (_, k) => k + 1))
    for (const { width, height, columns, rows: down } of Object.values(PLATE_SHEETS)) {
      expect(width * columns).toBeLessThanOrEqual(210 - 2 * 7)
      expect(height * down).toBeLessThanOrEqual(297 - 2 * 7)
    }
  })

  it('are one a member where asked', () => {
    expect(makePlates(rows, WHOLE, 'member_card').flat().map(({ member: { id }, household }) => [id, household])).toEqual([[1, null], [2, null], [3, null]])
  })
})

describe('workbooks', () => {
  it('hold all households of a member over as many pages as it takes, the frail at the end', () => {
    const pages = makeWorkbooks(rowsOf([...Array.from({ length: 20 }, (_, k) => flat(k + 1, 1)), flat(30, 2)]), WHOLE)
    expect(pages.map(({ member: { id }, households, frail, page, pages: of }) => [id, households.length, frail.map((one) => one.id), page, of])).toEqual([
      [1, 20, [], 1, 2], [1, 0, [4], 2, 2], [2, 1, [], 1, 1],
    ])
    expect(makeWorkbooks(rowsOf([flat(1, 1), flat(2, 2)]), WHOLE, 2).map(({ member: { id } }) => id)).toEqual([2])
  })

  it('begin on a Monday; special groups are due every week, the rest every other', () => {
    const weeks = visitWeeks('2026-11-22')
    expect([weeks[0], weeks[1], weeks.length]).toEqual(['2026-11-16', '2026-11-23', 13])
    expect(visitWeeks('2026-11-23')[0]).toBe('2026-11-23')
    expect([0, 1, 2, 3].map((week) => isVisitWeek(2, week))).toEqual([true, true, true, true])
    expect([0, 1, 2, 3].map((week) => isVisitWeek(0, week))).toEqual([true, false, true, false])
    expect([0, 1].map((week) => isVisitWeek(6, week))).toEqual([true, false])
  })
})

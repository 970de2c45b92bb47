import { cellsBetween, layOutBuilding, readRoom, stairwellKey } from '@/rooms/assignment/operations/building-matrix'
import { describe, expect, it } from 'vitest'

describe('a room number', () => {
  it.each([
    ['101', '', 1, '01'],
    ['1201', '', 12, '01'],
    ['1-101', '1', 1, '01'],
    ['2-1-1103', '1', 11, '03'],
    ['一单元101', '1', 1, '01'],
    ['十一单元402', '11', 4, '02'],
    ['3号楼2单元602室', '2', 6, '02'],
    ['１单元３０２', '1', 3, '02'],
    ['A-302', 'A', 3, '02'],
    ['101a', '', 1, '01A'],
  ])('%s says stairwell %s, floor %i, door %s', (room, stairwell, floor, door) => {
    expect(readRoom(room)).toEqual({ stairwell, floor, door })
  })

  it.each(['', '北屋', '东屋', '12', '10101', '100', '地下室', '001'])('%s says no floor', (room) => {
    expect(readRoom(room)).toBeNull()
  })

  it('names a stairwell alike however it is written', () => {
    expect(['1单元', '一单元', '１', '01单元', '十二单元', '二十单元', 'b座'].map(stairwellKey)).toEqual(['1', '1', '1', '1', '12', '20', 'B'])
  })
})

describe('a building as a table', () => {
  const of = (rooms: readonly string[], stairwell = '') => rooms.map((room, key) => ({ key, room, stairwell }))

  it('has floors from the top and doors by stairwell', () => {
    const matrix = layOutBuilding([
      { key: 7, room: '101', stairwell: '1单元' },
      { key: 8, room: '201', stairwell: '1单元' },
      { key: 9, room: '102', stairwell: '1单元' },
      { key: 10, room: '1003', stairwell: '2单元' },
    ])
    expect(matrix.floors).toEqual([10, 2, 1])
    expect(matrix.stairwells).toEqual([{ name: '1单元', doors: ['01', '02'] }, { name: '2单元', doors: ['03'] }])
    expect([...matrix.cells]).toEqual([-1, -1, 10, 8, -1, -1, 7, 9, -1])
    expect(matrix.rest).toEqual([])
  })

  it('reads the stairwell from the number where the register has none, in natural order', () => {
    const matrix = layOutBuilding(of(['10-101', '2-101', '1-101']))
    expect(matrix.stairwells.map(({ name }) => name)).toEqual(['1', '2', '10'])
    expect([...matrix.cells]).toEqual([2, 1, 0])
  })

  it('is a list for farmsteads and for doors named otherwise', () => {
    expect(layOutBuilding(of(['']))).toMatchObject({ floors: [], columns: 0, rest: [0] })
    expect(layOutBuilding(of(['北屋', '东屋', '101'])).rest).toEqual([0, 1, 2])
  })

  it('keeps beside the table who has no place in it: no floor, or a door taken', () => {
    const matrix = layOutBuilding(of(['101', '102', '101', '门房', '201']))
    expect([...matrix.cells]).toEqual([4, -1, 0, 1])
    expect(matrix.rest).toEqual([2, 3])
  })

  it('gives the doors of a rectangle, whichever corner it began in', () => {
    const matrix = layOutBuilding(of(['101', '102', '103', '201', '203']))
    expect(cellsBetween(matrix, 0, 4)).toEqual([3, 0, 1])
    expect(cellsBetween(matrix, 4, 0)).toEqual([3, 0, 1])
    expect(cellsBetween(matrix, 1, 1)).toEqual([])
  })
})

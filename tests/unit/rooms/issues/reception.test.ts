import { describe, expect, it } from 'vitest'
import type { IssueCategory } from '@/core/issues/issue'
import type { Scope } from '@/core/scope'
import { writeWorkbook } from '@/formats/write-sheet'
import { middleOf } from '@/core/places-in-metres'
import { buildingAt, metresBetween } from '@/rooms/issues/operations/place-at'
import { checkReception } from '@/rooms/issues/reception/check-reception'
import { MOST_RECEPTION_ROWS, readReceptionFile, readReceptionText } from '@/rooms/issues/reception/read-reception'

/** Square buildings of about 20 m a side along a street, one every 0.001 degree. */
function streetOf(names: readonly (readonly [address: string, name: string])[]): Pick<Scope, 'buildings'> {
  const outline = names.flatMap((_, k) => {
    const [west, east, south, north] = [117 + k * 0.001, 117.0002 + k * 0.001, 36, 36.0002]
    return [west, south, east, south, east, north, west, north, west, south]
  })
  return {
    buildings: {
      count: names.length, outline: Float64Array.from(outline), outlineStart: Uint32Array.from({ length: names.length + 1 }, (_, k) => 5 * k),
      addresses: names.map(([address]) => address), names: names.map(([, name]) => name),
    },
  } as unknown as Pick<Scope, 'buildings'>
}
const street = streetOf([['文昌街1号', '1号楼'], ['文昌街2号', '2号楼'], ['文昌街3号', '2号楼']])
const categories = new Map<string, IssueCategory>([['噪声扰民', 'noise'], ['Noise', 'noise'], ['noise', 'noise'], ['消防安全', 'fire']])
const check = (text: string) => checkReception(street, readReceptionText(text), categories)
const refusalOf = (read: () => unknown) => {
  try {
    read()
  } catch (thrown) {
    return (thrown as { code: string }).code
  }
  return null
}

describe('the slips of a reception day', () => {
  it('are read by their heads in any order and either language, from a paste or a workbook', async () => {
    const text = 'Phone\tName\tCategory\tIssue\tPlace\tDetails\n13812345678\t王小明\tNoise\t夜间施工\t文昌街1号\t每晚\n'
    const expected = [{ row: 2, place: '文昌街1号', category: 'Noise', title: '夜间施工', detail: '每晚', name: '王小明', phone: '13812345678' }]
    expect(readReceptionText(text)).toEqual(expected)
    const [heads, row] = text.trim().split('\n').map((line) => line.split('\t'))
    const bytes = new Uint8Array(await (await writeWorkbook([{ name: '登记', heads, rows: [row] }])).arrayBuffer())
    expect(readReceptionFile(bytes)).toEqual(expected)
  })
  it('without heads have the columns of the template; empty lines are passed over', () => {
    expect(readReceptionText('\n文昌街1号\t噪声扰民\t夜间施工\n\n文昌街2号\t消防安全\t通道堵塞\n').map(({ row, title }) => [row, title])).toEqual([[2, '夜间施工'], [4, '通道堵塞']])
  })
  it('get the place of their building, by address, by a name only one has, or by degrees', () => {
    const { slips, faults } = check('文昌街 1 号\t噪声扰民\t夜间施工\n1号楼\tnoise\t夜间施工\n117.5,36.25\t消防安全\t通道堵塞')
    expect(faults).toEqual([])
    expect(slips.map(({ lngLat }) => lngLat.map((degrees) => Math.round(degrees * 1e5) / 1e5))).toEqual([[117.0001, 36.0001], [117.0001, 36.0001], [117.5, 36.25]])
    expect(slips[2].category).toBe('fire')
  })
  it('are told apart by what is wrong with them, each by its row', () => {
    const { slips, faults } = check('地点\t类别\t诉求\t详情\t姓名\t电话\n\t噪声扰民\t夜间施工\n9号\t噪声扰民\t夜间施工\n2号楼\t噪声扰民\t夜间施工\n文昌街1号\t其它\t夜间施工\n文昌街1号\t噪声扰民\t夜\n文昌街1号\t噪声扰民\t夜间施工\t\t王小明\n文昌街1号\t噪声扰民\t夜间施工')
    expect(faults.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual([
      '2 place place_missing', '3 place place_unknown', '4 place place_ambiguous', '5 category category_unknown', '6 title title_short', '7 phone reporter_half',
    ])
    expect(slips.map(({ row }) => row)).toEqual([8])
  })
  it('are refused as a whole where there are none, too many, or no workbook', () => {
    expect(refusalOf(() => readReceptionText(' \n\t\n'))).toBe('no_rows')
    expect(refusalOf(() => readReceptionText('文昌街1号\t噪声扰民\t夜间施工\n'.repeat(MOST_RECEPTION_ROWS + 1)))).toBe('too_many_rows')
    expect(refusalOf(() => readReceptionFile(new TextEncoder().encode('%PDF-1.7')))).toBe('file_kind_unknown')
  })
})

describe('a place on the map', () => {
  it('is named by the building it lies in, else by the nearest within sixty metres', () => {
    expect(buildingAt(street, [117.0011, 36.0001])).toEqual({ building: 1, isInside: true })
    expect(buildingAt(street, [117.0005, 36.0001])).toEqual({ building: 0, isInside: false })
    expect(buildingAt(street, [117.0005, 36.01])).toEqual({ building: -1, isInside: false })
  })
  it('is measured in metres', () => {
    expect(metresBetween([117, 36], [117, 36.001])).toBeCloseTo(111.3, 1)
    expect(metresBetween([117, 36], [117.001, 36])).toBeCloseTo(111.32 * Math.cos(Math.PI / 5), 1)
    expect(middleOf(street.buildings, 2)[0]).toBeCloseTo(117.0021, 6)
  })
})

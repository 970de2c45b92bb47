/**
 * A building as a table: floors downwards from the top, doors side by side within their stairwell. Made from what the
 * register has: the stairwell's name and the number on the door.
 */
export interface BuildingMatrix {
  readonly stairwells: readonly MatrixStairwell[]
  /** Floors on which somebody lives, the highest first. */
  readonly floors: readonly number[]
  /** Doors of all stairwells. */
  readonly columns: number
  /** Household position by floor, then by column; −1 where there is no such door. */
  readonly cells: Int32Array
  /** Households without a place in the table, in the order given: farmsteads, doors named otherwise, a second one behind a door. */
  readonly rest: readonly number[]
}

export interface MatrixStairwell {
  /** As the register has it; empty where the building has one only. */
  readonly name: string
  readonly doors: readonly string[]
}

/** A door as its number says. */
export interface DoorPlace {
  /** Number or letter of the stairwell; empty where the text names none. */
  readonly stairwell: string
  readonly floor: number
  /** Two digits, with a letter where several share them. */
  readonly door: string
}

export interface MatrixHousehold {
  /** What the table holds for it. */
  readonly key: number
  readonly room: string
  /** Name of the stairwell in the register; empty where it has none. */
  readonly stairwell: string
}

/** Fewer than this share of doors in the table, and it says less than a list. */
const LEAST_PLACED = 0.5

const DIGITS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }

/** 一 … 九十九 as a number; null for anything else. */
function chineseNumber(text: string): number | null {
  const [, tens, ten, ones] = /^([一二两三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(text) ?? []
  if (text === '' || ten === undefined) return null
  if (ten === '') return tens !== '' && ones !== '' ? null : (DIGITS[tens || ones] ?? null)
  return (tens === '' ? 1 : DIGITS[tens]) * 10 + (ones === '' ? 0 : DIGITS[ones])
}

/** The stairwell's number or letter, however it is written: 1单元, 一单元, 1, A门 are 1, 1, 1, A. */
export function stairwellKey(name: string): string {
  const text = name.normalize('NFKC').trim().replace(/(单元|门|梯|号|座)$/, '')
  if (/^\d+$/.test(text)) return String(Number(text))
  const number = chineseNumber(text)
  return number === null ? text.toUpperCase() : String(number)
}

/**
 * Read a room number: 101, 1201, 1-101, 2-1-101, 一单元101, 1单元1201室, A-302, 101A. Null where it says no floor: 北屋,
 * an empty number, five digits.
 */
export function readRoom(room: string): DoorPlace | null {
  const text = room.normalize('NFKC').replace(/\s+/g, '').replace(/(室|户|号)$/, '')
  const found = /^(?:.*?[^\dA-Za-z一二三四五六七八九十])??(?:(\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})(?:单元|门|梯|座|[-–—_/])-?)?([1-9]\d?)(\d\d)([A-Za-z]?)$/.exec(text)
  if (!found) return null
  const [, stairwell, floor, door, letter] = found
  if (door === '00') return null
  return { stairwell: stairwell === undefined ? '' : stairwellKey(stairwell), floor: Number(floor), door: door + letter.toUpperCase() }
}

/** Lay out the households of one building. O(households log households). */
export function layOutBuilding(households: readonly MatrixHousehold[]): BuildingMatrix {
  const placed: { key: number; name: string; place: DoorPlace }[] = []
  const rest = new Set<number>()
  const taken = new Set<string>()
  const names = new Map<string, string>()
  for (const { key, room, stairwell } of households) {
    const read = readRoom(room)
    const of = stairwell === '' ? (read?.stairwell ?? '') : stairwellKey(stairwell)
    const sign = read && `${of}/${read.floor}/${read.door}`
    if (!read || !sign || taken.has(sign)) {
      rest.add(key)
      continue
    }
    taken.add(sign)
    if (!names.has(of)) names.set(of, stairwell || of)
    placed.push({ key, name: of, place: read })
  }
  if (placed.length < LEAST_PLACED * households.length) return { stairwells: [], floors: [], columns: 0, cells: new Int32Array(0), rest: households.map(({ key }) => key) }

  const natural = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })
  const floors = [...new Set(placed.map(({ place }) => place.floor))].sort((a, b) => b - a)
  const stairwells = [...names.keys()].sort(natural).map((of) => ({
    of,
    name: names.get(of)!,
    doors: [...new Set(placed.filter(({ name }) => name === of).map(({ place }) => place.door))].sort(natural),
  }))
  const first = new Map<string, number>()
  let columns = 0
  for (const { of, doors } of stairwells) {
    first.set(of, columns)
    columns += doors.length
  }
  const cells = new Int32Array(floors.length * columns).fill(-1)
  for (const { key, name, place } of placed) {
    const doors = stairwells.find(({ of }) => of === name)!.doors
    cells[floors.indexOf(place.floor) * columns + first.get(name)! + doors.indexOf(place.door)] = key
  }
  return { stairwells: stairwells.map(({ name, doors }) => ({ name, doors })), floors, columns, cells, rest: [...rest] }
}

/** Keys of the households in a rectangle of the table between two of its cells, both inclusive. */
export function cellsBetween(matrix: Pick<BuildingMatrix, 'cells' | 'columns'>, a: number, b: number): number[] {
  const { cells, columns } = matrix
  const rows = [Math.floor(a / columns), Math.floor(b / columns)].sort((x, y) => x - y)
  const sides = [a % columns, b % columns].sort((x, y) => x - y)
  const found: number[] = []
  for (let row = rows[0]; row <= rows[1]; row++) {
    for (let column = sides[0]; column <= sides[1]; column++) if (cells[row * columns + column] >= 0) found.push(cells[row * columns + column])
  }
  return found
}

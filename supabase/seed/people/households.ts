import type { Random } from '../random'
import { inventGivenName, inventIdNumber, inventSurname, type PhoneBook } from './identities'

export interface Resident {
  readonly household: number
  readonly name: string
  readonly relation: string
  readonly birthYear: number
  readonly sex: 'm' | 'f'
  readonly phone: string | null
  readonly idNumber: string
  readonly tags: readonly string[]
}

/** Year the data speaks of. */
export const DATA_YEAR = 2026

/** Order of codes as in `HOUSEHOLD_CATEGORIES`: general, hardship, lone elderly, left-behind children, disabled, veteran, tenant, several. */
const TOWN_SHARES = [0.8, 0.026, 0.05, 0.004, 0.021, 0.024, 0.065, 0.01]
const VILLAGE_SHARES = [0.795, 0.043, 0.068, 0.036, 0.026, 0.02, 0.002, 0.01]

export const drawCategory = (urban: boolean, random: Random): number => random.weighted(urban ? TOWN_SHARES : VILLAGE_SHARES)

const GENERAL_SIZES = [0.05, 0.2, 0.3, 0.24, 0.14, 0.07]

/** How many live behind a door, before the total is made exact. */
export function drawHouseholdSize(category: number, random: Random): number {
  if (category === 2) return 1
  if (category === 3) return random.pick([3, 3, 4, 4, 5])
  if (category === 6) return random.pick([1, 1, 2, 2, 3, 3, 4])
  return random.weighted(GENERAL_SIZES) + 1
}

/** Make sizes sum to the total: general households gain or lose one each, in random order. */
export function settleSizes(sizes: number[], categories: readonly number[], total: number, random: Random): void {
  let rest = total - sizes.reduce((sum, size) => sum + size, 0)
  const general = random.shuffled([...sizes.keys()].filter((k) => categories[k] === 0))
  for (let k = 0; rest !== 0; k = (k + 1) % general.length) {
    const step = Math.sign(rest)
    const next = sizes[general[k]] + step
    if (next < 1 || next > 7) continue
    sizes[general[k]] = next
    rest -= step
  }
}

const TAGS: readonly (readonly string[])[] = [
  [], ['hardship'], ['lone_elderly'], ['left_behind'], ['disabled'], ['veteran'], ['tenant'], ['hardship', 'disabled'],
]

/** The people of one household; the first is its head. */
export function fillHousehold(household: number, category: number, size: number, localSurnames: readonly string[], phones: PhoneBook, random: Random): Resident[] {
  const out: Resident[] = []
  const surname = inventSurname(random, category === 6 ? [] : localSurnames)
  const add = (relation: string, sex: 'm' | 'f', birthYear: number, family: string, tags: readonly string[] = []): void => {
    const phone = DATA_YEAR - birthYear >= 12 ? phones.take() : null
    out.push({ household, name: family + inventGivenName(sex, random), relation, birthYear, sex, phone, idNumber: inventIdNumber(birthYear, sex, random), tags })
  }
  const headSex = category === 2 ? (random.chance(0.35) ? 'm' : 'f') : random.chance(0.86) ? 'm' : 'f'
  const age = category === 2 || category === 3 ? random.integer(66, 89) : category === 6 ? random.integer(22, 45) : headAge(size, random)
  add('户主', headSex, DATA_YEAR - age, surname, category === 3 ? [] : TAGS[category])
  if (size > 1) add('配偶', headSex === 'm' ? 'f' : 'm', DATA_YEAR - age + random.integer(-3, 4), inventSurname(random))
  for (let k = 2; k < size; k++) {
    const sex = random.chance(0.52) ? 'm' : 'f'
    if (category === 3) add(sex === 'm' ? '孙子' : '孙女', sex, DATA_YEAR - random.integer(3, 15), surname, TAGS[3])
    else if (k === 4 && age < 60) add('母亲', 'f', DATA_YEAR - age - random.integer(23, 30), inventSurname(random))
    else if (k === 5 && age < 60) add('父亲', 'm', DATA_YEAR - age - random.integer(24, 31), surname)
    else add(sex === 'm' ? '儿子' : '女儿', sex, Math.min(DATA_YEAR - 1, DATA_YEAR - age + random.integer(23, 30)), surname)
  }
  return out
}

function headAge(size: number, random: Random): number {
  if (size === 1) return random.integer(24, 66)
  if (size === 2) return random.chance(0.55) ? random.integer(56, 78) : random.integer(26, 52)
  return size >= 5 ? random.integer(34, 54) : random.integer(28, 62)
}

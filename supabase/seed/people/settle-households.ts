import { homesOf, type PlannedBuilding } from '../land/land-model'
import type { Random } from '../random'
import type { StreetSettings } from '../settings'
import type { HouseholdData } from '../street-data'
import { DATA_YEAR, drawCategory, drawHouseholdSize, fillHousehold, settleSizes, type Resident } from './households'
import { inventSurname, type PhoneBook } from './identities'
import { quickInitials } from './initials'

export interface SettledHouseholds {
  readonly households: readonly HouseholdData[]
  readonly stairwells: readonly { readonly building: number; readonly name: string; readonly sort: number }[]
  readonly residents: readonly Resident[]
  readonly byBuilding: readonly number[]
  readonly byCommunity: readonly number[]
  homesOf(community: number): readonly number[]
  adultsOf(household: number): readonly Resident[]
}

interface Door {
  readonly building: number
  readonly stairwell: number
  readonly stairwellName: string
  readonly room: string
}

/** Let people move in: exactly the households and residents asked for; what is left over of the town's homes stands empty. */
export function settleHouseholds(
  planned: readonly { readonly building: PlannedBuilding; readonly community: number }[],
  communities: readonly { readonly kind: 'urban' | 'rural' }[],
  settings: StreetSettings,
  phones: PhoneBook,
  random: Random,
): SettledHouseholds {
  const stairwells: { building: number; name: string; sort: number }[] = []
  const doors: Door[] = []
  planned.forEach(({ building }, k) => {
    building.stairwells.forEach(({ name, rooms }, sort) => {
      const stairwell = name === '' ? -1 : stairwells.push({ building: k, name, sort }) - 1
      for (const room of rooms) doors.push({ building: k, stairwell, stairwellName: name, room })
    })
  })
  const empty = chooseEmpty(doors, planned, settings.households, random.fork('empty homes'))
  const lived = doors.filter((_, k) => !empty.has(k))
  const urban = (door: Door): boolean => communities[planned[door.building].community].kind === 'urban'
  const draw = random.fork('categories')
  const categories = lived.map((door) => drawCategory(urban(door), draw))
  const sizes = categories.map((category) => drawHouseholdSize(category, draw))
  settleSizes(sizes, categories, settings.residents, random.fork('sizes'))

  const surnames = communities.map(({ kind }, k) => {
    const own = random.fork(`families ${k}`)
    return kind === 'rural' ? [inventSurname(own), inventSurname(own)] : []
  })
  const residents: Resident[] = []
  const firstResident = new Int32Array(lived.length + 1)
  const byBuilding = planned.map(() => 0)
  const byCommunity = communities.map(() => 0)
  const homes: number[][] = communities.map(() => [])
  const people = random.fork('people')
  const households = lived.map((door, k): HouseholdData => {
    const { building, community } = planned[door.building]
    const family = fillHousehold(k, categories[k], sizes[k], surnames[community], phones, people)
    firstResident[k + 1] = residents.push(...family)
    byBuilding[door.building]++
    byCommunity[community]++
    homes[community].push(k)
    const head = family[0]
    const address = `${building.address}${door.stairwellName}${door.room}`
    return {
      building: door.building,
      stairwell: door.stairwell,
      room: door.room,
      address,
      headName: head.name,
      phone: head.phone,
      initials: `${quickInitials(head.name[0])} ${quickInitials(address)}`,
      category: categories[k],
      residentCount: sizes[k],
    }
  })
  return {
    households,
    stairwells,
    residents,
    byBuilding,
    byCommunity,
    homesOf: (community) => homes[community],
    adultsOf: (household) => {
      const family = residents.slice(firstResident[household], firstResident[household + 1])
      return family.filter(({ birthYear }) => DATA_YEAR - birthYear >= 19)
    },
  }
}

/** Homes that stand empty: apartments in the town, until the number of households is right. */
function chooseEmpty(doors: readonly Door[], planned: readonly { readonly building: PlannedBuilding }[], households: number, random: Random): Set<number> {
  const total = planned.reduce((sum, { building }) => sum + homesOf(building), 0)
  const spare = total - households
  const apartments = [...doors.keys()].filter((k) => {
    const { kind } = planned[doors[k].building].building
    return kind === 'apartments' || kind === 'tower'
  })
  if (spare < 0 || spare > apartments.length) throw new Error(`${total} homes for ${households} households`)
  return new Set(random.shuffled(apartments).slice(0, spare))
}

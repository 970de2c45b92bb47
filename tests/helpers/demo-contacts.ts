import { createAssignmentContext, type AssignmentContext } from '@/core/assignment/assignment-context'
import { ASSIGNMENT_DEFAULTS, type AssignmentScope } from '@/core/assignment/assignment-scope'
import { LATTICE_M, toLngLat } from '@/core/land-frame'
import type { OrgUnit, Scope } from '@/core/scope'
import type { XY } from '@/core/units'
import { generateStreet } from '../../supabase/seed/generate-street'
import { tieContacts } from '../../supabase/seed/people/contacts'
import { DEMO_SEED, DEMO_STREET } from '../../supabase/seed/settings'
import type { StreetData } from '../../supabase/seed/street-data'

/** Id of the demo street's office in `demoContacts`. */
export const DEMO_OFFICE_ID = 1

/** What an assignment of the demo street stands on, made from the generated street itself: no database. About 3 s. */
export interface DemoContacts {
  readonly street: StreetData
  readonly scope: AssignmentScope
  readonly ground: Pick<Scope, 'buildings' | 'streets' | 'compounds' | 'features' | 'land'>
  readonly context: AssignmentContext
}

const INTERESTS = ['chess', 'dance', 'calligraphy', 'sports', 'gardening', 'opera']

export function demoContacts(): DemoContacts {
  const street = generateStreet(DEMO_SEED, DEMO_STREET)
  const contacts = tieContacts(street, DEMO_SEED, INTERESTS.length)
  const communities = street.communities.map(({ code, name, initials, kind }, k): OrgUnit => ({
    id: 100 + k, parentId: DEMO_OFFICE_ID, level: 'community', code, name, initials, kind,
  }))
  const office: OrgUnit = { id: DEMO_OFFICE_ID, parentId: null, level: 'street', code: DEMO_STREET.code, name: DEMO_STREET.name, initials: street.initials, kind: null }
  const scope = scopeOf(street, contacts)
  return {
    street,
    scope,
    ground: groundOf(street),
    context: createAssignmentContext({ communities, orgUnits: [office, ...communities] }, scope, DEMO_OFFICE_ID),
  }
}

function scopeOf(street: StreetData, contacts: ReturnType<typeof tieContacts>): AssignmentScope {
  const { households, members, buildings, stairwells } = street
  const homes = { count: households.length, member: new Int32Array(households.length).fill(-1) }
  for (const { household, member } of contacts.ties) homes.member[household] = member
  const carer = new Int32Array(members.length).fill(-1)
  for (const { frail, carer: by } of contacts.care) carer[frail] = by
  const bits = (count: number, pairs: readonly (readonly [number, number])[]) => {
    const column = new Uint32Array(count)
    for (const [owner, interest] of pairs) column[owner] |= 1 << interest
    return column
  }
  const committee = new Set(contacts.committee)
  const own = new Map(contacts.terms.map((terms) => [terms.member, terms]))
  return {
    landId: 1,
    households: {
      count: homes.count,
      ids: Int32Array.from(households, (_, k) => k + 1),
      building: Int32Array.from(households, ({ building }) => building),
      stairwell: Int32Array.from(households, ({ stairwell }) => stairwell),
      community: Int32Array.from(households, ({ building }) => buildings[building].community),
      category: Uint8Array.from(households, ({ category }) => category),
      interests: bits(households.length, contacts.householdInterests.map(({ household, interest }) => [household, interest])),
      rooms: households.map(({ room }) => room),
    },
    stairwells: {
      count: stairwells.length,
      ids: Int32Array.from(stairwells, (_, k) => k + 1),
      building: Int32Array.from(stairwells, ({ building }) => building),
      names: stairwells.map(({ name }) => name),
    },
    members: {
      count: members.length,
      ids: Int32Array.from(members, (_, k) => k + 1),
      community: Int32Array.from(members, ({ community }) => community),
      building: Int32Array.from(members, ({ household }) => households[household].building),
      stairwell: Int32Array.from(members, ({ household }) => households[household].stairwell),
      household: Int32Array.from(members, ({ household }) => household),
      partyGroupId: Int32Array.from(members, ({ group }) => 1000 + group),
      frail: Uint8Array.from(members, ({ frail }) => Number(frail)),
      committee: Uint8Array.from(members, (_, k) => Number(committee.has(k))),
      leader: Uint8Array.from(members, ({ leader }) => Number(leader)),
      terms: members.map(({ exemptReason }, k) => {
        const terms = own.get(k)
        if (!terms && exemptReason === null) return null
        return { exempt: exemptReason, minHouseholds: terms?.min ?? null, maxHouseholds: terms?.max ?? null, reachM: terms?.reachM ?? null }
      }),
      interests: bits(members.length, contacts.memberInterests.map(({ member, interest }) => [member, interest])),
    },
    kinships: {
      count: contacts.kinships.length,
      member: Int32Array.from(contacts.kinships, ({ member }) => member),
      household: Int32Array.from(contacts.kinships, ({ household }) => household),
    },
    current: { editions: new Int32Array(street.communities.length).fill(1), householdMember: homes.member, carer },
    settings: {
      ...ASSIGNMENT_DEFAULTS,
      interests: INTERESTS,
      communityLimits: contacts.crowded.map((community) => ({ communityId: 100 + community, min: 6, max: 20 })).sort((a, b) => a.communityId - b.communityId),
    },
  }
}

/** Buildings, streets, walls and frame as a snapshot would have them; of the rest of the land nothing. */
function groundOf({ buildings, streets, compounds, features, frame }: StreetData): DemoContacts['ground'] {
  const degrees = ([x, y]: XY) => toLngLat(frame, x / LATTICE_M, y / LATTICE_M)
  const rings = buildings.map(({ ring }) => [...ring, ring[0]].map(degrees))
  const outlineStart = new Uint32Array(buildings.length + 1)
  rings.forEach((ring, k) => (outlineStart[k + 1] = outlineStart[k] + ring.length))
  return {
    land: { frame } as Scope['land'],
    streets: streets.map((way, id) => ({ id, name: way.name, class: way.class, line: way.line.map(degrees) })),
    compounds: compounds.map(({ ring, ...compound }, id) => ({ ...compound, id, ring: [...ring, ring[0]].map(degrees) })),
    features: features.map(({ kind, name, line }, id) => ({ id, kind, name, line: (kind === 'railway' ? line : [...line, line[0]]).map(degrees) })),
    buildings: {
      count: buildings.length,
      community: Int32Array.from(buildings, ({ community }) => community),
      outlineStart,
      outline: Float64Array.from(rings.flat(2)),
    } as Scope['buildings'],
  }
}

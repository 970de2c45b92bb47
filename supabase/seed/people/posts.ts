import type { Random } from '../random'
import { inventGivenName, inventSurname, type PhoneBook } from './identities'

export type PostRole =
  | 'district_admin' | 'street_officer' | 'community_secretary' | 'grid_leader' | 'grid_worker' | 'member' | 'cadre' | 'auditor'

export interface Person {
  readonly id: string
  readonly name: string
  readonly phone: string
  /** Index of the member row that is this person, or −1. */
  readonly member: number
}

/** Unit of a post: the district, the street, a community, or a party group, by index. */
export interface Post {
  readonly person: number
  readonly role: PostRole
  readonly unit: { readonly level: 'district' | 'street' } | { readonly level: 'community' | 'party_group'; readonly index: number }
  /** Grid index for leaders and workers, −1 elsewhere. */
  readonly grid: number
}

export interface Staff {
  readonly people: readonly Person[]
  readonly posts: readonly Post[]
}

export interface StaffInput {
  readonly communities: number
  readonly households: readonly number[]
  readonly cadres: number
  readonly assistants: number
  readonly gridCommunity: readonly number[]
  /** Whether the posts of the district are to be filled here: once for all its streets. */
  readonly district: boolean
  readonly groupLeaders: readonly { readonly group: number; readonly member: number; readonly name: string; readonly phone: string }[]
}

/** Names that the sign-in page of the demo shows; the first post of the role carries it. */
export const DEMO_NAMES = { district_admin: '王守正', auditor: '许明察', street_officer: '李清源', community_secretary: '张桂兰', grid_leader: '陈立新' } as const

/** Grids without a worker: one in so many. */
const VACANCY = 9
/** A community with so many grids is one of the town. */
const TOWN_GRIDS = 3

/**
 * Who holds which post: officers of the street, a secretary for each community, cadres and assistants tied to the
 * communities (包联) so that each has at least one, a leader and mostly a worker for each grid, teams in the town, a leader of each group.
 */
export function fillPosts(input: StaffInput, phones: PhoneBook, random: Random): Staff {
  const people: Person[] = []
  const posts: Post[] = []
  const hire = (member = -1, name?: string, phone?: string): number => {
    const sex = random.chance(0.62) ? 'm' : 'f'
    return people.push({ id: random.uuid(), name: name ?? inventSurname(random) + inventGivenName(sex, random), phone: phone ?? phones.take(), member }) - 1
  }
  const first = (role: keyof typeof DEMO_NAMES, k: number): number => hire(-1, input.district && k === 0 ? DEMO_NAMES[role] : undefined)
  if (input.district) {
    posts.push({ person: first('district_admin', 0), role: 'district_admin', unit: { level: 'district' }, grid: -1 })
    posts.push({ person: first('auditor', 0), role: 'auditor', unit: { level: 'district' }, grid: -1 })
  }
  for (let k = 0; k < 3; k++) posts.push({ person: first('street_officer', k), role: 'street_officer', unit: { level: 'street' }, grid: -1 })
  for (let index = 0; index < input.communities; index++) {
    posts.push({ person: first('community_secretary', index), role: 'community_secretary', unit: { level: 'community', index }, grid: -1 })
  }
  // One cadre a community first, the rest where most people live.
  const bySize = [...input.households.keys()].sort((a, b) => input.households[b] - input.households[a])
  const load = input.households.map(() => 0)
  for (let k = 0; k < input.cadres + input.assistants; k++) {
    const index = k < input.communities ? k : bySize.reduce((a, b) => (input.households[b] / (load[b] + 1) > input.households[a] / (load[a] + 1) ? b : a))
    load[index]++
    posts.push({ person: hire(), role: 'cadre', unit: { level: 'community', index }, grid: -1 })
  }
  const vacancy = random.integer(0, VACANCY - 1)
  input.gridCommunity.forEach((index, grid) => {
    const leader = first('grid_leader', grid)
    posts.push({ person: leader, role: 'grid_leader', unit: { level: 'community', index }, grid })
    if (grid % VACANCY === vacancy) return
    // In the villages one person is leader and worker at once as often as not.
    const worker = random.chance(0.3) ? leader : hire()
    posts.push({ person: worker, role: 'grid_worker', unit: { level: 'community', index }, grid })
  })
  for (const { group, member, name, phone } of input.groupLeaders) {
    posts.push({ person: hire(member, name, phone), role: 'member', unit: { level: 'party_group', index: group }, grid: -1 })
  }
  const teams = random.fork('teams')
  const gridsOf = new Map<number, number[]>()
  input.gridCommunity.forEach((index, grid) => gridsOf.set(index, [...(gridsOf.get(index) ?? []), grid]))
  for (const [index, grids] of gridsOf) {
    const work = (person: number, grid: number): void => void posts.push({ person, role: 'grid_worker', unit: { level: 'community', index }, grid })
    const staffed = grids.filter((grid) => grid % VACANCY !== vacancy)
    if (grids.length >= TOWN_GRIDS) {
      // In the town every other grid has a team of three to five.
      for (const grid of staffed) if (teams.chance(0.5)) for (let more = teams.integer(2, 3); more > 0; more--) work(hire(), grid)
    } else if (staffed.length >= 2 && teams.chance(0.5)) {
      // In a village of two grids the worker of one helps in the other.
      const worker = posts.find(({ role, grid }) => role === 'grid_worker' && grid === staffed[0])!
      work(worker.person, staffed[1])
    }
  }
  return { people, posts }
}

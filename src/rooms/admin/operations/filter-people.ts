import { stateOf, type PersonRow, type PersonState, type PostRole } from '../model'

export interface PeopleFilter {
  /** Part of the masked name, the address, or a unit's name; blank: all. */
  readonly text: string
  readonly role: PostRole | null
  /** Ids of the chosen unit and all below it; null: all. */
  readonly unitIds: ReadonlySet<number> | null
  readonly state: PersonState | null
}

/** People of whom a post fits role and unit at once, and name, address or unit the text. */
export function filterPeople(people: readonly PersonRow[], filter: PeopleFilter, unitName: (id: number) => string): PersonRow[] {
  const text = filter.text.trim().toLowerCase()
  return people.filter((person) => {
    if (filter.state !== null && stateOf(person) !== filter.state) return false
    const asksPost = filter.role !== null || filter.unitIds !== null
    const fits = person.posts.some(
      (post) => (filter.role === null || post.role === filter.role) && (filter.unitIds === null || filter.unitIds.has(post.orgUnitId)),
    )
    if (asksPost && !fits) return false
    if (text === '') return true
    const words = [person.name, person.account?.email ?? '', ...person.posts.map((post) => unitName(post.orgUnitId))]
    return words.some((word) => word.toLowerCase().includes(text))
  })
}

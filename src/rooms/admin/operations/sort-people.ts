import { POST_ROLES, type PersonRow, type UnitRow } from '../model'

/** People by their first post, then by its unit in the order the units come; who has none comes last. */
export function sortPeople(people: readonly PersonRow[], units: readonly UnitRow[]): PersonRow[] {
  const place = new Map(units.map((unit, index) => [unit.id, index]))
  const rankOf = (person: PersonRow): number =>
    Math.min(...person.posts.map((post) => POST_ROLES.indexOf(post.role) * units.length + (place.get(post.orgUnitId) ?? 0)))
  const ranked = people.map((person) => ({ person, rank: rankOf(person) }))
  return ranked.sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank)).map(({ person }) => person)
}

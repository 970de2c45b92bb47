import { plainName } from '../layers/plain-name'
import type { FindingList } from '../readers/finding-list'
import type { PreparedCommunity } from '../prepared-import'
import type { CleanArea, CleanLand } from './clean-land'
import { initialsOf } from './initials-of'

/** Names and codes as the database wants them: unique, 12 digits, never empty. */
export interface CommunityWords {
  /** `{n}` is the number of the community. */
  readonly community: string
}

const CODE = /^\d{12}$/

/**
 * Communities from polygons: codes from the file, else from the list of names and codes by name, else continued from the street's.
 * Codes that come twice are blockers: which polygon they mean is a person's question.
 */
export function settleCommunities(
  land: CleanLand,
  streetCode: string,
  kind: 'urban' | 'rural',
  words: CommunityWords,
  findings: FindingList,
): PreparedCommunity[] {
  const codeByName = new Map(land.units.map((unit) => [plainName(unit.name), unit]))
  const taken = new Map<string, CleanArea>()
  const names = new Map<string, CleanArea>()
  const next = codesAfter(streetCode, new Set(land.communities.map((area) => area.code)))
  return land.communities.map((area, index) => {
    let { name, code } = area
    if (name === '') {
      name = words.community.replace('{n}', pad(index + 1))
      findings.add('name_missing', 'warning', area.row, { name }, 'name', undefined, area.file)
    }
    const listed = codeByName.get(plainName(name))
    if (!CODE.test(code) && listed !== undefined && CODE.test(listed.code)) code = listed.code
    if (!CODE.test(code)) {
      code = next()
      findings.add('code_generated', 'warning', area.row, { code, name }, 'code', undefined, area.file)
    }
    const twin = taken.get(code)
    if (twin !== undefined) findings.add('duplicate_code', 'blocker', area.row, { code, other: twin.row }, 'code', undefined, area.file)
    taken.set(code, area)
    const namesake = names.get(name)
    if (namesake !== undefined) findings.add('duplicate_name', 'warning', area.row, { name, other: namesake.row }, 'name', undefined, area.file)
    names.set(name, area)
    return { code, name, initials: initialsOf(name), kind }
  })
}

/** Communities that were made here, numbered from 1. */
export function inventCommunities(count: number, streetCode: string, kind: 'urban' | 'rural', words: CommunityWords): PreparedCommunity[] {
  const next = codesAfter(streetCode, new Set())
  return Array.from({ length: count }, (_, k) => {
    const name = words.community.replace('{n}', pad(k + 1))
    return { code: next(), name, initials: initialsOf(name), kind }
  })
}

/** Codes of the street's nine digits and three more, from 001, past those in use. */
function codesAfter(streetCode: string, used: ReadonlySet<string>): () => string {
  let number = 0
  return () => {
    for (;;) {
      number++
      const code = streetCode.slice(0, 9) + String(number).padStart(3, '0')
      if (!used.has(code)) return code
    }
  }
}

const pad = (n: number): string => String(n).padStart(2, '0')

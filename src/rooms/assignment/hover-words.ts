import type { Selection } from '@/core/workspace'
import { formatNumber } from '@/ui/format'
import { partsOfBuilding } from './operations/patch-features'
import { reasonsFor } from './operations/tie-reasons'
import { placeAt, walkBetween, type Picture, type Walk } from './picture'
import { doorWords } from './place-words'

type Say = (key: string, values?: Record<string, string | number>) => string

/** Members named at a building; the others are counted. */
const MOST = 3

/** A walk as it is written: 85 m on foot; about that in a straight line. */
export const walkWords = (say: Say, walk: Walk | null): string =>
  walk === null ? '–' : say(walk.isStraight ? 'walk.straight' : 'walk.street', { m: formatNumber(walk.m) })

/** What the tip beside the pointer adds about who carries what is under it, and why. */
export function hoverWords(picture: Picture, say: Say, under: Selection | null): string[] {
  const { session, layout } = picture
  if (under?.kind === 'household') {
    const household = session.context.householdIndex.get(under.householdId)
    return household === undefined ? [] : [doorWords(picture, household), tieWords(picture, say, household)].filter((line) => line !== '')
  }
  if (under?.kind === 'member') {
    const member = session.context.memberIndex.get(under.memberId)
    if (member === undefined) return []
    const limits = session.limits(member)
    const n = session.loads.households[member]
    return [say(limits.isAble ? 'hover.member' : 'hover.notAble', { member: picture.nameOf(member), n, min: limits.min, max: limits.max })]
  }
  if (under?.kind !== 'building' || !placeAt(layout.middles, under.index)) return []
  const parts = partsOfBuilding(layout, session.document.householdMember, under.index).sort((a, b) => b.households.length - a.households.length)
  const nobody = parts.find(({ member }) => member < 0)
  const members = parts.filter(({ member }) => member >= 0)
  return [
    ...members.slice(0, MOST).map(({ member, households }) => say('hover.part', { member: picture.nameOf(member), n: households.length })),
    ...(members.length > MOST ? [say('hover.more', { n: members.length - MOST })] : []),
    ...(nobody ? [say('hover.nobody', { n: nobody.households.length })] : []),
  ]
}

/** Who carries a household, how far, and what speaks for it. */
export function tieWords(picture: Picture, say: Say, household: number): string {
  const member = picture.session.document.householdMember[household]
  if (member < 0) return say('tie.nobody')
  const reasons = reasonsFor(picture, member, household).map((reason) => say(`reason.${reason}`))
  return [picture.nameOf(member), walkWords(say, walkBetween(picture, member, household)), ...reasons].join(' · ')
}

import { toLngLat } from '@/core/land-frame'
import { membersOfCommunity } from '@/core/assignment/assignment-context'
import type { Scope } from '@/core/scope'
import type { BreakCode, ContactLink } from '../chain-repository'
import { placeAt, type Picture } from '../picture'
import { communityOfBreak, type ChainGround } from './chain-counts'

/** A missing link with where it is and what closes it. Indices; −1 where it is not about such a thing. */
export interface PlacedBreak {
  readonly id: number | string
  readonly code: BreakCode
  readonly community: number
  readonly household: number
  readonly member: number
  readonly building: number
  /** Name of a party group or a grid; else empty. */
  readonly name: string
  /** Link that closes it; null: none of these. */
  readonly kind: ContactLink['kind'] | null
  /** Post that closes it. */
  readonly role: 'cadre' | 'grid_worker' | null
  /** Members of the group, where only they can hold it. */
  readonly group?: readonly number[]
}

const KIND: Partial<Record<BreakCode, ContactLink['kind']>> = {
  group_without_committee: 'committee',
  group_without_leader: 'group_leader',
  building_without_leader: 'building',
  frail_without_carer: 'frail_care',
}
const ROLE: Partial<Record<BreakCode, 'cadre' | 'grid_worker'>> = { community_without_cadre: 'cadre', grid_without_worker: 'grid_worker' }

/** Find what a break is about; null for what is not of this street. */
export function placeBreak(picture: Picture, ground: ChainGround, code: BreakCode, id: number | string): PlacedBreak | null {
  const { context } = picture.session
  const community = communityOfBreak(ground)(code, id)
  if (community === null || community < 0) return null
  const isGroup = code === 'group_without_committee' || code === 'group_without_leader'
  const { members } = picture.assignment
  return {
    id,
    code,
    community,
    household: code === 'household_without_member' ? (context.householdIndex.get(Number(id)) ?? -1) : -1,
    member: code === 'member_without_group' || code === 'frail_without_carer' ? (context.memberIndex.get(Number(id)) ?? -1) : -1,
    building: code === 'building_without_leader' ? picture.scope.buildings.ids.indexOf(Number(id)) : -1,
    name: isGroup
      ? (picture.scope.orgUnits.find((unit) => unit.id === id)?.name ?? '')
      : code === 'grid_without_worker'
        ? (picture.scope.current.grids.find((grid) => grid.id === id)?.name ?? '')
        : '',
    kind: KIND[code] ?? null,
    role: ROLE[code] ?? null,
    ...(code === 'group_without_leader' && { group: [...membersOfCommunity(context, community)].filter((member) => members.partyGroupId[member] === id) }),
  }
}

/** A place in a grid of the edition in force: the label of its largest cell; null where it has none. O(cells). */
export function gridPlace({ current, land }: Pick<Scope, 'current' | 'land'>, gridId: string): [number, number] | null {
  const index = current.grids.findIndex((grid) => grid.id === gridId)
  let largest = -1
  for (let cell = 0; cell < current.cellGrid.length; cell++) {
    if (current.cellGrid[cell] === index && index >= 0 && (largest < 0 || land.cellAreaM2[cell] > land.cellAreaM2[largest])) largest = cell
  }
  return largest < 0 ? null : toLngLat(land.frame, land.cellLabelXY[2 * largest], land.cellLabelXY[2 * largest + 1])
}

/** Signs of missing links where they have a place: households, members, buildings, grids. */
export function breakFeatures(picture: Picture, breaks: readonly PlacedBreak[]): GeoJSON.Feature[] {
  const { layout, scope } = picture
  return breaks.flatMap((one) => {
    const at =
      one.household >= 0
        ? placeAt(layout.places, one.household)
        : one.member >= 0
          ? placeAt(layout.homes, one.member)
          : one.building >= 0
            ? placeAt(layout.middles, one.building)
            : one.code === 'grid_without_worker'
              ? gridPlace(scope, String(one.id))
              : null
    if (!at) return []
    return one.name ? signAtEveryZoom(at, `✕ ${one.name}`) : signs(at, '✕', ['building', 'door'])
  })
}

type Level = 'far' | 'building' | 'door'

const signs = (at: [number, number], words: string, levels: readonly Level[]): GeoJSON.Feature[] =>
  levels.map((level) => ({ type: 'Feature', properties: { level, words, error: true, count: 1 }, geometry: { type: 'Point', coordinates: at } }))

/** Of things that are few: seen from afar too. */
export const signAtEveryZoom = (at: [number, number], words: string): GeoJSON.Feature[] => signs(at, words, ['far', 'building', 'door'])

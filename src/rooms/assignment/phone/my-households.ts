import { callRpc } from '@/data/call-rpc'

/** A household of the member who is signed in; masked. */
export interface MyHousehold {
  readonly id: number
  readonly buildingId: number
  readonly address: string
  readonly stairwell: string
  readonly room: string
  /** Head of the household, masked; null where unknown. */
  readonly head: string | null
  readonly category: number
  readonly residents: number
  /** Masked; null where there is none. */
  readonly phone: string | null
  /** Resident to be revealed before a call; null where nobody is registered as the head. */
  readonly headResidentId: number | null
  readonly lng: number
  readonly lat: number
  readonly since: string
}

/** A frail member whom the signed-in member cares for; masked. */
export interface MyFrailMember {
  readonly id: number
  readonly name: string
  readonly phone: string | null
  readonly address: string
  readonly lng: number | null
  readonly lat: number | null
  /** Resident to be revealed before a call; null where he or she is not registered as one. */
  readonly residentId: number | null
  readonly since: string
}

/** Who leads the member: the leader of the party group, and the committee member of the group. */
export interface MyLeader {
  readonly role: 'group_leader' | 'committee'
  readonly name: string
  readonly phone: string | null
}

/** The member's own part of the chain; see `public.my_households`. Nothing of anybody else's households. */
export interface MyHouseholds {
  readonly memberId: number
  readonly name: string
  readonly community: string
  readonly group: string | null
  /** Where the member lives; null where unknown. */
  readonly home: { readonly lng: number; readonly lat: number } | null
  readonly minHouseholds: number
  readonly maxHouseholds: number
  /** In natural order of address and room. */
  readonly households: readonly MyHousehold[]
  readonly frail: readonly MyFrailMember[]
  readonly leaders: readonly MyLeader[]
}

/** Null for somebody who is no member. Throws `DataError`. */
export const loadMyHouseholds = (): Promise<MyHouseholds | null> => callRpc<MyHouseholds | null>('my_households')

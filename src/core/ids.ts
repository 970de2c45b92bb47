/**
 * Identity of things, told apart by type. Database ids are `…Id`; positions in the typed arrays of a loaded
 * scope are dense indices and are always called `…Index` (plain numbers).
 */
declare const brand: unique symbol
export type Branded<T, Name extends string> = T & { readonly [brand]: Name }

export type OrgUnitId = Branded<number, 'OrgUnitId'>
export type LandId = Branded<number, 'LandId'>
export type CellId = Branded<number, 'CellId'>
export type BuildingId = Branded<number, 'BuildingId'>
export type HouseholdId = Branded<number, 'HouseholdId'>
export type MemberId = Branded<number, 'MemberId'>
export type GridId = Branded<string, 'GridId'>
export type PlanId = Branded<string, 'PlanId'>
export type PersonId = Branded<string, 'PersonId'>

/** A fresh uuid, version 4. Not `crypto.randomUUID`, which browsers withhold on plain http in an office network. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

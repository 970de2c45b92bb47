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

import type { Picture } from './picture'

/** Where a building is: its address, else its name. */
export const buildingWords = ({ scope: { buildings } }: Picture, building: number): string =>
  building < 0 ? '' : buildings.addresses[building] || buildings.names[building]

/** Door of a household within its building: stairwell and room; empty for a farmstead. */
export function doorWords({ assignment: { households, stairwells } }: Picture, household: number): string {
  const stairwell = households.stairwell[household]
  return `${stairwell < 0 ? '' : stairwells.names[stairwell]}${households.rooms[household]}`
}

/** Building and door. */
export const householdWords = (picture: Picture, household: number): string =>
  [buildingWords(picture, picture.assignment.households.building[household]), doorWords(picture, household)].filter((part) => part !== '').join(' ')

/** Where a member lives, as far as known. */
export function homeWords(picture: Picture, member: number): string {
  const { household, building } = picture.assignment.members
  return household[member] >= 0 ? householdWords(picture, household[member]) : buildingWords(picture, building[member])
}

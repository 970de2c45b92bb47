interface Named {
  readonly name: string
  readonly address: string
}

/**
 * What tells a house from all others of a street: its name, or its address where that says the name and more, as
 * many streets have a house 7.
 */
export function houseName(house: Named | null | undefined): string {
  if (!house) return ''
  return house.address !== '' && house.address.includes(house.name) ? house.address : house.name
}

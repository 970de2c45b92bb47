/** What a line of the mesh is, as bits: one noded edge may be several things at once. */
export const LineFlag = {
  building: 1,
  street: 2,
  soft: 4,
  boundary: 8,
  coast: 16,
  water: 32,
  wall: 64,
  railway: 128,
  major: 256,
  green: 512,
} as const

/** Lines that cells never cross, but around the outline of a building that lies across. */
export const HARD_LINES =
  LineFlag.street | LineFlag.boundary | LineFlag.coast | LineFlag.water | LineFlag.wall | LineFlag.railway

/** Hard lines and those that only bound growth. */
export const ALL_LINES = HARD_LINES | LineFlag.soft | LineFlag.green

/** Hard lines over which two cells are joined last. */
export const STRONG_LINES =
  LineFlag.boundary | LineFlag.coast | LineFlag.water | LineFlag.major | LineFlag.railway | LineFlag.wall

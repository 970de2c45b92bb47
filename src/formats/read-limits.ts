/** Caps while reading one file. Reaching one ends the reading with a reason; the page stays as it was. */
export interface ReadLimits {
  readonly fileBytes: number
  /** After unpacking, all entries together. */
  readonly expandedBytes: number
  /** Unpacked over packed, once more than 1 MB was unpacked. Deflate itself cannot exceed about 1,030. */
  readonly expansionRatio: number
  readonly jsonDepth: number
  readonly rows: number
  readonly vertices: number
  /** Of one attribute, characters; longer ones are cut. */
  readonly textLength: number
}

/**
 * Monaco and its neighbours (23,327 buildings, 9 MB unpacked, ratio 8) use about a fiftieth of each. The caps keep the worker
 * under half a gigabyte.
 */
export const READ_LIMITS: ReadLimits = {
  fileBytes: 200 * 2 ** 20,
  expandedBytes: 400 * 2 ** 20,
  expansionRatio: 200,
  jsonDepth: 64,
  rows: 1_000_000,
  vertices: 8_000_000,
  textLength: 200,
}

/** Shares in five classes over all areas of a unit, whatever is in view: borders in between, the lowest first. */
export interface ShareClasses {
  /** Four borders, 0 … 1; a share at a border belongs above it. */
  readonly borders: readonly number[]
  /** Ends of the scale on which shares are drawn, whole percents. */
  readonly least: number
  readonly most: number
  /** Places after the comma that tell the borders apart. */
  readonly decimals: 0 | 1
}

export const CLASS_COUNT = 5
/** Least breadth of a scale: shares that are nearly the same must not look far apart. */
const LEAST_BREADTH = 0.05

/** Equal steps between the least and the greatest share, which are widened to whole percents. */
export function classesOf(shares: readonly (number | null)[]): ShareClasses {
  const known = shares.filter((share) => share !== null)
  const floor = known.length > 0 ? Math.floor(Math.min(...known) * 100) / 100 : 0
  const ceiling = known.length > 0 ? Math.ceil(Math.max(...known) * 100) / 100 : 1
  const most = Math.min(1, Math.max(ceiling, floor + LEAST_BREADTH))
  const least = Math.max(0, Math.min(floor, most - LEAST_BREADTH))
  const step = (most - least) / CLASS_COUNT
  const borders = Array.from({ length: CLASS_COUNT - 1 }, (_, k) => Math.round((least + step * (k + 1)) * 1000) / 1000)
  return { borders, least, most, decimals: borders.every((border) => Math.round(border * 1000) % 10 === 0) ? 0 : 1 }
}

/** 0 for the lowest class; −1 where there is no share. */
export const classOf = ({ borders }: ShareClasses, share: number | null): number =>
  share === null ? -1 : borders.filter((border) => share >= border - 1e-9).length

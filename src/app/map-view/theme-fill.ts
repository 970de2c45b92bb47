import { SPECIAL_CATEGORY_CODES } from '@/core/categories'
import type { Scope } from '@/core/scope'
import type { MapTheme, ShownGrids } from '@/core/workspace'
import type { CellFill } from '@/map/grid-painter'

/** Fixed classes of the themes; the legend reads the same tables. `from` is inclusive. */
export const THEME_CLASSES = {
  band: [
    { key: 'farBelow', colour: '#2A66AB' },
    { key: 'below', colour: '#8DB4DD' },
    { key: 'within', colour: '#E6E9E2' },
    { key: 'above', colour: '#EBA160' },
    { key: 'farAbove', colour: '#B4500F' },
  ],
  special: [
    { key: 's0', from: 0, colour: '#EAF4F2' },
    { key: 's1', from: 0.05, colour: '#CBE4E0' },
    { key: 's2', from: 0.1, colour: '#A2CFC9' },
    { key: 's3', from: 0.15, colour: '#6FB1AA' },
    { key: 's4', from: 0.2, colour: '#3F8F88' },
  ],
  members: [
    { key: 'm0', from: 0, colour: '#B3261E' },
    { key: 'm1', from: 3, colour: '#CBE4E0' },
    { key: 'm2', from: 10, colour: '#A2CFC9' },
    { key: 'm3', from: 20, colour: '#6FB1AA' },
    { key: 'm4', from: 40, colour: '#3F8F88' },
  ],
} as const

/** Class of a grid's households against the band of its kind: 0 far below … 4 far above. The only grid of a community is never below. */
export function bandClass(households: number, limits: { lower: number; upper: number }, isOnly: boolean): number {
  const margin = (limits.upper - limits.lower) / 4
  if (isOnly && households <= limits.upper) return 2
  if (households < limits.lower - margin) return 0
  if (households < limits.lower) return 1
  if (households <= limits.upper) return 2
  return households <= limits.upper + margin ? 3 : 4
}

/** Fill of cells by a figure of their grid, in fixed classes. */
export function themeFill(theme: Exclude<MapTheme, 'grids'>, scope: Scope, shown: ShownGrids): CellFill {
  const count = shown.grids.length
  const households = new Int32Array(count)
  const figure = new Float64Array(count)
  for (let cell = 0; cell < shown.cellGrid.length; cell++) {
    const grid = shown.cellGrid[cell]
    if (grid < 0) continue
    households[grid] += scope.cellStats.households[cell]
    if (theme === 'members') figure[grid] += scope.cellStats.members[cell]
    if (theme === 'special') {
      for (const code of SPECIAL_CATEGORY_CODES) figure[grid] += scope.cellStats.byCategory[cell * 8 + code]
    }
  }
  const ofCommunity = new Int32Array(scope.communities.length)
  for (const grid of shown.grids) if (grid && grid.community >= 0) ofCommunity[grid.community]++
  const colours = shown.grids.map((grid, k) => {
    if (!grid) return null
    if (theme === 'band') {
      const limits = scope.settings[scope.communities[grid.community]?.kind ?? 'urban']
      return THEME_CLASSES.band[bandClass(households[k], limits, ofCommunity[grid.community] === 1)].colour
    }
    const value = theme === 'special' ? figure[k] / Math.max(1, households[k]) : figure[k]
    return THEME_CLASSES[theme].findLast((step) => value >= step.from)?.colour ?? THEME_CLASSES[theme][0].colour
  })
  return (_cell, grid) => colours[grid]
}

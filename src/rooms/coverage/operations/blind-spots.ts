import type { CoverageScope } from '@/core/coverage/coverage-scope'
import type { Scope } from '@/core/scope'
import type { ChainPlace } from './complete-chain'

/** A compound nobody manages. */
export interface UnmanagedCompound {
  readonly compound: number
  readonly households: number
  /** Whether a contact point stands in it. */
  readonly hasPoint: boolean
  /** Units of work in it without a branch, by position. */
  readonly units: readonly number[]
}

export interface BlindSpots {
  /** Most households first. */
  readonly compounds: readonly UnmanagedCompound[]
  /** Units without a branch, by position; those that still work first. */
  readonly units: readonly number[]
}

/** Compounds without management and units of work without an organisation, of a community (index) or of all. */
export function findBlindSpots({ compounds, buildings }: Pick<Scope, 'compounds' | 'buildings'>, { workUnits }: Pick<CoverageScope, 'workUnits'>, chain: readonly ChainPlace[], community: number | null): BlindSpots {
  const isHere = (index: number): boolean => community === null || index === community
  const households = new Int32Array(compounds.length)
  buildings.compound.forEach((compound, building) => {
    if (compound >= 0) households[compound] += buildings.households[building]
  })
  const withPoint = new Set(chain.flatMap(({ level, index, had }) => (level === 'compound_point' && had > 0 ? [index] : [])))
  const units = [...workUnits.keys()].filter((k) => workUnits[k].branch === null && isHere(workUnits[k].community))
  return {
    compounds: compounds.flatMap(({ status, community: own }, compound) => status !== 'unmanaged' || !isHere(own) ? [] : [{
      compound, households: households[compound], hasPoint: withPoint.has(compound), units: units.filter((k) => workUnits[k].compound === compound),
    }]).sort((a, b) => b.households - a.households || a.compound - b.compound),
    units: units.sort((a, b) => Number(workUnits[b].status === 'active') - Number(workUnits[a].status === 'active') || a - b),
  }
}

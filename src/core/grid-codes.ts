import type { PlanState } from './plan-index'

/** Digits a grid's number has behind its community's code. */
const NUMBER_DIGITS = 3

/** Code of the n-th grid of a community: its 12 digits and three more. */
export function gridCode(communityCode: string, number: number): string {
  return communityCode + String(number).padStart(NUMBER_DIGITS, '0')
}

/**
 * The lowest code of the community no grid of the plan carries, not counting `taken`. Codes beyond 999 grow a digit;
 * no community comes near.
 */
export function nextGridCode({ context, index }: PlanState, community: number, taken?: ReadonlySet<string>): string {
  const communityCode = context.communities[community].code
  for (let number = 1; ; number++) {
    const code = gridCode(communityCode, number)
    if (index.slotsWithCode(code).size === 0 && !taken?.has(code)) return code
  }
}

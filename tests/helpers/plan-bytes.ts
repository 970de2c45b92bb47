import type { PlanDocument } from '@/core/plan'

/** The whole of a plan as one text, for comparing to the byte. */
export function planBytes(document: PlanDocument): string {
  return JSON.stringify([document.planId, document.landId, document.grids, Array.from(document.cellGrid)])
}

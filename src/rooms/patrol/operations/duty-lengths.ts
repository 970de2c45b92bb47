import { STREET_DUTIES, type StreetDuty } from '@/core/patrol/patrol'
import type { Scope } from '@/core/scope'
import type { StreetGround } from './street-ground'

/** Streets of one class, centimetres by what is asked of them. */
export interface ClassLengths {
  /** OpenStreetMap's `highway`. */
  readonly highway: string
  readonly cm: Readonly<Record<StreetDuty, number>>
  readonly totalCm: number
}

/** Lengths of classes by duty, the longest class first, of one community or (null) of the whole street. What lies outside the land is left out. O(atoms). */
export function dutyLengths({ streets }: Pick<Scope, 'streets'>, ground: StreetGround, community: number | null): ClassLengths[] {
  const sums = new Map<string, Record<StreetDuty, number>>()
  for (let atom = 0; atom < ground.count; atom++) {
    if (ground.community[atom] < 0 || (community !== null && ground.community[atom] !== community)) continue
    const { class: highway } = streets[ground.line[atom]]
    const sum = sums.get(highway) ?? { daily: 0, weekly: 0, none: 0 }
    sums.set(highway, sum)
    sum[STREET_DUTIES[ground.duty[atom]]] += ground.toCm[atom] - ground.fromCm[atom]
  }
  return [...sums]
    .map(([highway, cm]) => ({ highway, cm, totalCm: cm.daily + cm.weekly + cm.none }))
    .sort((a, b) => b.totalCm - a.totalCm)
}

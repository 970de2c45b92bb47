import { callRpc } from '@/data/call-rpc'
import { loadMemberNames } from '@/data/member-names'
import { defineStore } from 'pinia'
import { markRaw, shallowRef } from 'vue'
import { useCoverageStore } from './store'

/** Who leads and works in a grid, masked. */
interface GridTeam {
  readonly gridId: string
  readonly leaders: readonly { readonly name: string }[]
  readonly workers: readonly { readonly name: string }[]
}

/** Masked names of those who are responsible, as far as the person may see them; who may not sees none. */
export const useCoveragePeople = defineStore('coverage-people', () => {
  const room = useCoverageStore()
  const names = shallowRef<ReadonlyMap<number, string>>(new Map())
  const teams = shallowRef<ReadonlyMap<string, GridTeam>>(new Map())
  let readFor = ''

  /** Read them for the street shown, once. */
  async function load(): Promise<void> {
    const { scope } = room
    if (!scope || readFor === String(scope.landId)) return
    const own = (readFor = String(scope.landId))
    const [members, staffing] = await Promise.allSettled([
      loadMemberNames(scope.communities.map(({ id }) => id)),
      callRpc<GridTeam[]>('grid_staffing', { p_land: scope.landId }),
    ])
    if (readFor !== own) return
    names.value = markRaw(new Map(members.status === 'fulfilled' ? members.value.map(({ id, name }) => [id, name]) : []))
    teams.value = markRaw(new Map(staffing.status === 'fulfilled' ? staffing.value.map((team) => [team.gridId, team]) : []))
  }

  return { names, teams, load }
})

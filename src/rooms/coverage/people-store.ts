import type { CoverageScope } from '@/core/coverage/coverage-scope'
import { callRpc } from '@/data/call-rpc'
import { toDataError } from '@/data/errors'
import { loadMemberNames } from '@/data/member-names'
import { defineStore } from 'pinia'
import { markRaw, shallowRef, watch } from 'vue'
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
  /** The reading of how the street is served that they were read with. */
  let readWith: CoverageScope | null = null

  /** Read them for the street shown, once with every reading of how it is served; where it failed, when they are asked for again. */
  async function load(): Promise<void> {
    const { scope, coverageScope } = room
    if (!scope || !coverageScope || readWith === coverageScope) return
    const own = (readWith = coverageScope)
    const answers = await Promise.allSettled([
      loadMemberNames(scope.communities.map(({ id }) => id)),
      callRpc<GridTeam[]>('grid_staffing', { p_land: scope.landId }).catch(noneIfNotAllowed),
    ])
    if (readWith !== own) return
    const [members, staffing] = answers
    if (members.status === 'fulfilled') names.value = markRaw(new Map(members.value.map(({ id, name }) => [id, name])))
    if (staffing.status === 'fulfilled') teams.value = markRaw(new Map(staffing.value.map((team) => [team.gridId, team])))
    const failed = answers.find((one) => one.status === 'rejected')
    if (!failed) return
    readWith = null
    room.fail(failed.reason)
  }

  // What somebody may see goes with the person, and what is told of a street with the street.
  watch(() => [room.person?.personId, room.scope?.landId].join(), () => {
    readWith = null
    names.value = markRaw(new Map())
    teams.value = markRaw(new Map())
  }, { flush: 'sync' })
  // The room was entered, or somebody did what changes who is responsible.
  watch(() => room.coverageScope, () => void load())

  return { names, teams, load }
})

function noneIfNotAllowed(thrown: unknown): GridTeam[] {
  if (toDataError(thrown).code !== 'not_allowed') throw thrown
  return []
}

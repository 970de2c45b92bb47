import type { StreetDuty, StreetStretch } from '@/core/patrol/patrol'
import type { PatrolScope } from '@/core/patrol/patrol-scope'
import type { LngLat } from '@/core/units'
import { toDataError } from '@/data/errors'
import { markRaw, ref } from 'vue'
import { dutiesBefore } from './operations/duties-before'
import { removeCheckpoint, restoreCheckpoint, saveCheckpoint, setDuties, setGates, type CheckpointInput, type DutyInput } from './repository'
import type { usePatrolStore } from './store'

const UNDO = 'patrol.streets.undo'

/** Setting duties, gates and checkpoints: saved at once, each with its undo. */
export function createStreetWork(room: ReturnType<typeof usePatrolStore>) {
  const busy = ref(false)
  /** Why the last act was refused, in words. */
  const failure = ref('')

  /** True once it is done; else `failure` says why not. */
  async function during(work: (landId: number) => Promise<void>): Promise<boolean> {
    const landId = room.scope?.landId
    if (landId === undefined || busy.value) return false
    busy.value = true
    failure.value = ''
    try {
      await work(landId)
      return true
    } catch (thrown) {
      failure.value = room.wordsOf(toDataError(thrown))
      return false
    } finally {
      busy.value = false
    }
  }

  function patch(landId: number, parts: Partial<Pick<PatrolScope, 'duties' | 'gates' | 'checkpoints'>>): void {
    // The street may have been left meanwhile.
    if (room.patrolScope?.landId === landId) room.patrolScope = markRaw({ ...room.patrolScope, ...parts })
  }
  const done = (key: string, values: Record<string, string | number>, undo?: () => Promise<unknown>): void =>
    room.notify('success', `streets.done.${key}`, values, undo && { key: UNDO, run: () => void undo().catch(room.fail) })

  /** Set the duty of stretches; `duty` null: that of their class again. */
  const setDuty = (stretches: readonly StreetStretch[], duty: StreetDuty | null, bothSides: boolean, reason: string): Promise<boolean> =>
    during(async (landId) => {
      const before = dutiesBefore(stretches, room.planning.pieces)
      const set = async (rules: readonly DutyInput[]) => patch(landId, { duties: (await setDuties(landId, rules)).duties })
      await set(stretches.map(({ streetId, fromCm, toCm }) => ({ streetId, fromCm, toCm, duty, bothSides, reason })))
      done('duty', { n: stretches.length }, () => set(before))
    })

  const addGate = (lngLat: LngLat, reason: string): Promise<boolean> =>
    during(async (landId) => {
      const before = new Set(room.patrolScope?.gates.map(({ id }) => id))
      const { gates } = await setGates(landId, [{ lngLat, reason }], [])
      patch(landId, { gates })
      const added = gates.filter(({ id }) => !before.has(id)).map(({ id }) => id)
      done('gate', {}, async () => patch(landId, { gates: (await setGates(landId, [], added)).gates }))
    })

  const openGate = (id: number): Promise<boolean> =>
    during(async (landId) => {
      const gate = room.patrolScope?.gates.find((one) => one.id === id)
      patch(landId, { gates: (await setGates(landId, [], [id])).gates })
      done('gateOpened', {}, gate && (async () => patch(landId, { gates: (await setGates(landId, [{ lngLat: gate.lngLat, reason: gate.reason }], [])).gates })))
    })

  const keepCheckpoint = (input: Omit<CheckpointInput, 'landId'>): Promise<boolean> =>
    during(async (landId) => {
      const { communityId, ...saved } = await saveCheckpoint({ ...input, landId })
      const checkpoint = { ...saved, community: room.scope?.communities.findIndex(({ id }) => id === communityId) ?? -1 }
      const others = room.patrolScope?.checkpoints.filter(({ id }) => id !== saved.id) ?? []
      patch(landId, { checkpoints: [...others, checkpoint] })
      done('checkpoint', { name: saved.name })
    })

  const dropCheckpoint = (id: number): Promise<boolean> =>
    during(async (landId) => {
      const checkpoint = room.patrolScope?.checkpoints.find((one) => one.id === id)
      await removeCheckpoint(id)
      patch(landId, { checkpoints: room.patrolScope?.checkpoints.filter((one) => one.id !== id) ?? [] })
      if (room.checkpointId === id) room.checkpointId = null
      done('checkpointGone', { name: checkpoint?.name ?? '' }, checkpoint && (async () => {
        await restoreCheckpoint(id)
        patch(landId, { checkpoints: [...(room.patrolScope?.checkpoints ?? []), checkpoint] })
      }))
    })

  return { busy, failure, setDuty, addGate, openGate, keepCheckpoint, dropCheckpoint }
}

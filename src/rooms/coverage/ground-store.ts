import { JobError } from '@/jobs/job'
import type { Scope } from '@/core/scope'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import type { MeasuredLand } from './jobs/measure-access/measure-access-job'
import { runMeasureAccess } from './jobs/measure-access/run-measure-access'
import { encodeAccess } from './operations/encode-access'
import { useCoverageStore } from './store'

/** The street as people walk it: doors and stations brought onto the ways, measured once for all who ask. */
export const useGroundStore = defineStore('coverage-ground', () => {
  const room = useCoverageStore()
  const measured = shallowRef<MeasuredLand | null>(null)
  const status = ref<'none' | 'measuring' | 'ready' | 'failed'>('none')
  /** Of which street `measured` or what is under way is, and of which gates and limits. */
  let of: { readonly scope: Scope; readonly sign: string; readonly answer: Promise<MeasuredLand | null> } | null = null
  let turn = 0
  /** What it depends on besides the street: shut gates, and how far a door may be from a way. */
  const sign = computed(() => JSON.stringify([room.coverageScope?.closedGates, room.coverageScope?.settings.map(({ accessLimitM }) => accessLimitM)]))

  /** The ground of the street as it is now, measured in a worker where it is not yet; null where there is no street or it cannot be. */
  function measure(): Promise<MeasuredLand | null> {
    const { scope, coverageScope } = room
    if (!scope || !coverageScope) return Promise.resolve(null)
    if (of?.scope === scope && of.sign === sign.value && status.value !== 'failed') return of.answer
    const own = ++turn
    of = { scope, sign: sign.value, answer: run(() => turn === own, scope) }
    return of.answer
  }

  async function run(isLast: () => boolean, scope: Scope): Promise<MeasuredLand | null> {
    const { closedGates, settings } = room.coverageScope!
    status.value = 'measuring'
    try {
      const found = markRaw(await runMeasureAccess(encodeAccess(scope, closedGates, settings)))
      if (isLast()) {
        measured.value = found
        status.value = 'ready'
      }
      return found
    } catch (thrown) {
      if (!(thrown instanceof JobError)) throw thrown
      if (isLast()) {
        measured.value = null
        status.value = 'failed'
      }
      return null
    }
  }

  return { measured, status, sign, measure }
})

import { COVERAGE_SETTINGS, type CoverageSettings } from '@/core/coverage/coverage-scope'
import type { Station } from '@/core/scope'
import { JobError } from '@/jobs/job'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { useGroundStore } from './ground-store'
import type { AccessAnswer } from './jobs/answer-access/answer-access-job'
import { runAnswerAccess } from './jobs/answer-access/run-answer-access'
import { accessFigures, buildingRows, stationRows } from './operations/access-figures'
import { REACH } from './operations/compare-circle'
import { stationsAsked, type StationQuestion } from './operations/stations-asked'
import { useCoverageStore } from './store'

/** Farthest limit one may ask about, metres. */
export const MOST_LIMIT_M = 5000

/** Who reaches which stations: the question of the tab of walks, and its answer. It begins with the rules in force. */
export const useAccessStore = defineStore('coverage-access', () => {
  const room = useCoverageStore()
  const ground = useGroundStore()
  /** Chosen for this question; null: as the rules have it. */
  const ownLevels = shallowRef<readonly Station['level'][] | null>(null)
  const ownLimitM = ref<number | null>(null)
  /** Only stations open then; null: at any hour. */
  const at = shallowRef<StationQuestion['at']>(null)
  /** Somebody looks at the answer: only then it is worked out. */
  const wanted = ref(false)
  const answer = shallowRef<AccessAnswer | null>(null)
  const status = ref<'none' | 'working' | 'ready' | 'failed'>('none')

  const rules = computed<CoverageSettings>(() => room.coverageScope?.settings[room.community ?? 0] ?? COVERAGE_SETTINGS)
  const levels = computed(() => ownLevels.value ?? rules.value.stationLevels)
  const limitM = computed(() => ownLimitM.value ?? rules.value.stationLimitM)
  /** Whether something else is asked than the rules ask. */
  const isOwn = computed(() => ownLevels.value !== null || ownLimitM.value !== null || at.value !== null)
  const stations = computed(() => markRaw(stationsAsked(room.scope?.stations ?? [], room.coverageScope?.stations ?? [], { levels: levels.value, at: at.value })))
  const households = computed(() => {
    const counts = new Int32Array(room.scope?.buildings.count ?? 0)
    for (const building of room.coverageScope?.households.building ?? []) counts[building]++
    return markRaw(counts)
  })

  /** Whether a building is of the community in focus. */
  const isHere = (building: number): boolean => room.community === null || room.scope?.buildings.community[building] === room.community
  const figures = computed(() => (answer.value ? accessFigures(answer.value, households.value, isHere) : null))
  const rows = computed(() => (answer.value && room.scope ? stationRows(answer.value, stations.value.open, room.scope.stations) : []))
  const circleRows = computed(() => (answer.value ? buildingRows(answer.value.comparison.reach, REACH.circle, households.value, isHere) : []))
  const refusedRows = computed(() => (answer.value ? buildingRows(answer.value.comparison.reach, REACH.refused, households.value, isHere) : []))

  let turn: AbortController | null = null
  /** Ask anew: the question before is let go. */
  async function ask(): Promise<void> {
    turn?.abort()
    const own = (turn = new AbortController())
    const { scope } = room
    if (!wanted.value || !scope || !room.coverageScope) return
    status.value = 'working'
    try {
      const land = await ground.measure()
      if (own.signal.aborted) return
      if (!land) {
        status.value = 'failed'
        return
      }
      const found = await runAnswerAccess({
        ground: land.ground, asked: stations.value.open, limitM: limitM.value, households: households.value, capacity: Int32Array.from(scope.stations, ({ capacity }) => capacity),
      }, { signal: own.signal })
      if (own.signal.aborted) return
      answer.value = markRaw(found)
      status.value = 'ready'
    } catch (thrown) {
      if (own.signal.aborted) return
      if (!(thrown instanceof JobError)) throw thrown
      status.value = 'failed'
    }
  }
  // What the answer is of; households that are read anew for another reason change nothing of it.
  const question = computed(() => [wanted.value, limitM.value, stations.value.open.join(), households.value.join(), ground.sign].join('|'))
  watch([question, () => room.scope], (now, before) => {
    // Columns go by buildings and stations: those of another street fit nothing.
    if (before && now[1] !== before[1]) answer.value = null
    void ask()
  })

  /** Ask as the rules do. */
  function useRules(): void {
    ownLevels.value = null
    ownLimitM.value = null
    at.value = null
  }
  /** Take a level in or out; some level stays. */
  function toggleLevel(level: Station['level']): void {
    const next = levels.value.includes(level) ? levels.value.filter((one) => one !== level) : [...levels.value, level]
    if (next.length > 0) ownLevels.value = next
  }

  return { ownLevels, ownLimitM, at, wanted, answer, status, rules, levels, limitM, isOwn, stations, households, figures, rows, circleRows, refusedRows, ask, useRules, toggleLevel }
})

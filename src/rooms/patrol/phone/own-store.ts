import { cleanTrack } from '@/algorithms/tracks/clean-track'
import { visitCheckpoints } from '@/algorithms/tracks/visit-checkpoints'
import { newUuid } from '@/core/ids'
import { shanghaiTime } from '@/core/issues/shanghai-time'
import { straightM, toMetres } from '@/core/places-in-metres'
import { toDataError, type DataError } from '@/data/errors'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { groundOf, matchWaiting } from '../matching'
import { cutStretch } from '../operations/cut-stretch'
import { alongLine, comeBy, metresTo, noProgress, sampleLine, SAMPLE_M, type RouteProgress } from '../operations/follow-route'
import { checkpointsAlong, routeLine } from '../operations/route-line'
import {
  addFixes, discardTrack, endTrack, giveConsent, loadMyPatrol, markCheckpoint, openTrack, withdrawConsent, type MyPatrol,
} from '../repository'
import { usePatrolStore } from '../store'
import { dayStops, isDone } from './day-stops'
import type { KeptWalk, WalkFix } from './kept-walk'
import { browserPositions, keepScreenOn } from './position-source'
import { createRecorder, type RecorderState, type StartRefusal } from './recorder'
import { createWalkQueue, type QueueState, type WalkSender } from './walk-queue'
import { browserWalkStore } from './walk-store'

/** Without an accuracy the phone is taken to know its place so well. */
const UNSURE_M = 30
/** The server believes a phone no further. */
const MOST_ACCURACY_M = 100
/** Checkpoints passed are looked for anew after so many positions. */
const LOOK_EACH = 4

const sender: WalkSender = {
  async open({ trackId, landId, planId, route, startedMs }) {
    await openTrack(trackId, { landId, planId, route, startedAt: new Date(startedMs).toISOString() })
  },
  send: addFixes,
  async mark(trackId, { checkpointId, atMs, lng, lat, accuracyM }) {
    await markCheckpoint(trackId, checkpointId, new Date(atMs).toISOString(), [lng, lat], accuracyM ?? UNSURE_M)
  },
  end: async (trackId, endedMs, lastSeq) => (await endTrack(trackId, new Date(endedMs).toISOString(), lastSeq)).missing,
  async discard(trackId) {
    await discardTrack(trackId)
  },
}

/** One's own day: the route, the walk in hand and what waits to be sent. Goes on while one looks into other rooms. */
export const useOwnPatrol = defineStore('own-patrol', () => {
  const room = usePatrolStore()
  const mine = shallowRef<MyPatrol | null>(null)
  const reading = ref<'loading' | 'ready' | 'failed'>('loading')
  const failure = shallowRef<DataError | null>(null)
  /** Another window of this browser has the recording. */
  const isElsewhere = ref(false)
  const isMatching = ref(false)
  let aheadMs = 0
  const nowMs = (): number => Date.now() + aheadMs
  const after = (ms: number, act: () => void): (() => void) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  }

  /** It was to be deleted; what was matched stays, and is seen again. */
  function tellMatchedBefore({ startedMs }: KeptWalk): void {
    room.notify('warning', 'own.matchedBefore', { time: shanghaiTime(startedMs / 1000).slice(11) })
    void refresh()
  }
  const queue = createWalkQueue({ store: browserWalkStore, sender, nowMs, after, onArrived: () => void settle(), onMatchedBefore: tellMatchedBefore })
  const recorder = createRecorder({ nowMs, positions: browserPositions(nowMs), keepAwake: keepScreenOn, after, newId: newUuid, queue })
  const waiting = shallowRef<QueueState>(queue.state.get())
  const recording = shallowRef<RecorderState>(recorder.state.get())
  queue.state.subscribe((now) => (waiting.value = now))
  recorder.state.subscribe((now) => (recording.value = now))

  // ── the route of the day ────────────────────────────────────────────────────────────────────────────────────────────
  const routeAt = ref(0)
  /** The walk in hand, as it is kept. */
  const walk = computed<KeptWalk | null>(() => waiting.value.walks.find(({ trackId }) => trackId === recording.value.trackId) ?? null)
  /** The route chosen, or the one the walk in hand follows. */
  const route = computed(() => {
    const routes = mine.value?.routes ?? []
    const followed = walk.value && routes.find((one) => one.planId === walk.value!.planId && one.route.number === walk.value!.route)
    return followed ?? routes[routeAt.value] ?? null
  })
  // The route that was followed stays in sight when its walk is over.
  watch(route, (now) => {
    const at = now ? (mine.value?.routes.indexOf(now) ?? -1) : -1
    if (at >= 0) routeAt.value = at
  })
  const line = computed(() => {
    const { scope } = room
    return scope && route.value && route.value.landId === scope.landId ? markRaw(routeLine(route.value.route, room.measured)) : null
  })
  /** Where each checkpoint of the route stands along it. */
  const stands = computed(() => {
    const { scope } = room
    return scope && line.value && route.value ? checkpointsAlong(line.value, route.value.checkpoints.map(({ lngLat }) => toMetres(scope.land.frame, lngLat))) : []
  })
  const samples = computed(() => line.value && markRaw(sampleLine(line.value)))

  /** Positions of the walk in hand; grows with it. */
  const fixes = shallowRef<readonly WalkFix[]>([])
  watch([() => recording.value.trackId, () => recording.value.here, () => waiting.value.waiting], ([trackId]) => {
    const now = trackId === null ? [] : queue.fixes(trackId)
    if (now.length !== fixes.value.length || now[0]?.atMs !== fixes.value[0]?.atMs) fixes.value = now
  })
  /** Places come by on earlier walks of the day, as they were matched; x and y by turns, metres. */
  const earlierXYM = computed(() => {
    const { scope, patrolScope } = room
    const own = new Set((mine.value?.tracks ?? []).map(({ id }) => id))
    if (!scope || !patrolScope) return []
    const { count, track, streetId, fromCm, toCm } = patrolScope.walked
    const points: number[] = []
    for (let k = 0; k < count; k++) {
      const street = room.measured.get(streetId[k])
      if (street && track[k] >= 0 && own.has(patrolScope.tracks[track[k]].id)) points.push(...alongLine(cutStretch(street, { fromCm: fromCm[k], toCm: toCm[k] }), SAMPLE_M / 2))
    }
    return points
  })
  const progress = shallowRef<RouteProgress | null>(null)
  let followed = 0
  watch([samples, fixes, earlierXYM], ([here, all, earlier], [before, , earlierBefore]) => {
    if (!here || !room.scope) return void (progress.value = null)
    if (here !== before || earlier !== earlierBefore || progress.value === null || all.length < followed) {
      progress.value = noProgress(here)
      followed = 0
      for (let k = 0; k < earlier.length; k += 2) progress.value = comeBy(here, progress.value, earlier[k], earlier[k + 1], 0)
      // What was walked before says nothing of where one is now.
      progress.value = { ...progress.value, at: -1 }
    }
    for (; followed < all.length; followed++) {
      const { lng, lat, accuracyM } = all[followed]
      const [x, y] = toMetres(room.scope.land.frame, [lng, lat])
      progress.value = comeBy(here, progress.value!, x, y, accuracyM)
    }
  }, { immediate: true })

  const looked = computed(() => fixes.value.length - (fixes.value.length % LOOK_EACH))
  const visits = computed(() => {
    const { scope } = room
    const checkpoints = route.value?.checkpoints ?? []
    if (!scope || checkpoints.length === 0 || looked.value === 0) return []
    const all = fixes.value.slice(0, looked.value)
    const xyM = (places: readonly (readonly [number, number])[]) => Float64Array.from(places.flatMap((at) => toMetres(scope.land.frame, at)))
    return visitCheckpoints(
      { xyM: xyM(checkpoints.map(({ lngLat }) => lngLat)), radiusM: checkpoints.map(({ radiusM }) => radiusM), dwellS: checkpoints.map(({ dwellS }) => dwellS) },
      cleanTrack({ atMs: Float64Array.from(all, ({ atMs }) => atMs), xyM: xyM(all.map(({ lng, lat }) => [lng, lat] as const)), accuracyM: Float64Array.from(all, ({ accuracyM }) => accuracyM ?? NaN) }),
    )
  })
  const stops = computed(() => dayStops(route.value?.checkpoints ?? [], walk.value?.marks ?? [], visits.value))
  /** Position of the checkpoint to come by next; −1: none is left. */
  const next = computed(() => stops.value.findIndex((stop) => !isDone(stop)))
  /** Metres to each checkpoint from where one is; null where that is not known. */
  const lengthsM = computed(() => {
    const { here } = recording.value
    return stops.value.map(({ checkpoint: { lngLat: [lng, lat] } }, k) => {
      if (!here) return null
      return stands.value[k] && progress.value ? metresTo(stands.value[k].alongM, progress.value, { lng, lat }, here) : straightM(here, { lng, lat })
    })
  })
  /** Whether one stands at the next checkpoint as far as the phone can tell. */
  const isThere = computed(() => {
    const { here, signal } = recording.value
    const stop = stops.value[next.value]
    if (!here || !stop || (signal !== 'good' && signal !== 'poor')) return false
    const [lng, lat] = stop.checkpoint.lngLat
    return straightM(here, { lng, lat }) <= stop.checkpoint.radiusM + Math.min(here.accuracyM ?? UNSURE_M, MOST_ACCURACY_M)
  })
  /** Metres between the positions kept: what was walked before it is matched. */
  const roughM = computed(() => fixes.value.reduce((sum, fix, k, all) => sum + (k > 0 ? straightM(all[k - 1], fix) : 0), 0))

  // ── reading, consent ────────────────────────────────────────────────────────────────────────────────────────────────
  function tellRules(): void {
    const now = mine.value
    recorder.setRules(now && { hasConsent: now.consent.givenAt !== null, hours: { ...now.settings, day: now.day, isRecorded: now.isRecorded } })
  }

  async function refresh(): Promise<void> {
    const personId = person
    try {
      const answer = await loadMyPatrol()
      if (personId !== person) return
      mine.value = markRaw(answer)
      aheadMs = answer.nowMs - Date.now()
      reading.value = 'ready'
      failure.value = null
      if (!isElsewhere.value) queue.reconcile(answer.tracks)
    } catch (thrown) {
      if (personId !== person) return
      failure.value = toDataError(thrown)
      if (mine.value === null) reading.value = 'failed'
      if (!isElsewhere.value) void queue.flush()
    }
    tellRules()
  }

  async function agree(): Promise<boolean> {
    try {
      await giveConsent(mine.value?.consent.version ?? 0)
      await refresh()
      void queue.flush()
      return true
    } catch (thrown) {
      room.fail(thrown)
      // Its words may have changed meanwhile.
      await refresh()
      return false
    }
  }

  /** Nothing is recorded from this moment on; what waits here goes once the server has deleted what it had. */
  async function withdraw(): Promise<boolean> {
    recorder.pause()
    try {
      await withdrawConsent()
    } catch (thrown) {
      room.fail(thrown)
      return false
    }
    recorder.discard()
    for (const { trackId } of queue.state.get().walks) queue.giveUp(trackId)
    await refresh()
    return true
  }

  // ── recording ───────────────────────────────────────────────────────────────────────────────────────────────────────
  function start(): StartRefusal | null {
    const landId = route.value?.landId ?? room.scope?.landId
    if (person === null || landId === undefined) return 'not_told'
    return recorder.start({ personId: person, landId, planId: route.value?.planId ?? null, route: route.value?.route.number ?? null })
  }

  /** Walks that have arrived whole are matched here, so that their walker sees at once what they were. */
  async function settle(): Promise<void> {
    const { scope, patrolScope } = room
    if (isMatching.value) return
    isMatching.value = true
    try {
      if (scope && patrolScope) await matchWaiting(scope.landId, groundOf(scope, patrolScope), true)
    } catch {
      // A leader's console finds it waiting and matches it.
    } finally {
      isMatching.value = false
    }
    await refresh()
    if (room.active) await room.read()
  }

  async function discardSent(trackId: string): Promise<void> {
    try {
      await discardTrack(trackId)
    } catch (thrown) {
      room.fail(thrown)
    }
    await refresh()
  }
  /** End a walk that another phone left open. */
  async function endOther(trackId: string, endedAt: string, lastSeq: number): Promise<void> {
    try {
      await endTrack(trackId, endedAt, lastSeq)
      await settle()
    } catch (thrown) {
      room.fail(thrown)
    }
  }

  // ── whose it is ─────────────────────────────────────────────────────────────────────────────────────────────────────
  let person: string | null = null
  let release: () => void = () => undefined
  /** Have the walks of a person for as long as this window is open, or wait until the window that has them is closed. */
  function hold(personId: string): Promise<void> {
    if (!('locks' in navigator)) return Promise.resolve()
    const stop = new AbortController()
    return new Promise((resolve) => {
      const kept = new Promise<void>((free) => (release = () => {
        stop.abort()
        free()
      }))
      navigator.locks
        .request(`gewu-patrol/${personId}`, { signal: stop.signal }, () => {
          resolve()
          return kept
        })
        // Called off while it waited: another person is in.
        .catch(() => undefined)
    })
  }

  function takeUp(): void {
    queue.reconcile(mine.value?.tracks ?? [])
    tellRules()
    recorder.takeUp()
  }

  async function setPerson(personId: string | null): Promise<void> {
    // An ended session of the same person: what is recorded goes on and waits.
    if (personId === null) return
    if (personId === person) return void queue.flush()
    release()
    recorder.letGo()
    queue.close()
    person = personId
    mine.value = null
    reading.value = 'loading'
    isElsewhere.value = true
    const holding = hold(personId).then(async () => {
      if (person !== personId) return
      await queue.load(personId)
      isElsewhere.value = false
    })
    // The lock is had at once where no other window has it; then what is kept is there before the server is asked.
    await Promise.race([holding, new Promise((resolve) => setTimeout(resolve, 300))])
    await refresh()
    await holding
    if (person !== personId) return
    takeUp()
  }

  const isConnected = ref(false)
  // Watched by the store itself: who looks on may leave, and the walk goes on. A session anew, of the same person too, sends what waits.
  watch(() => (isConnected.value ? room.person : null), (now) => void setPerson(now?.personId ?? null))
  // The consent may have been taken back elsewhere, or the rules have changed.
  watch([() => waiting.value.trouble, () => walk.value?.refusal], ([trouble, refusal]) => {
    if (trouble === 'consent' || refusal) void refresh()
  })
  function connect(): void {
    if (isConnected.value) return
    isConnected.value = true
    addEventListener('online', () => void (isElsewhere.value ? null : queue.flush()))
    document.addEventListener('visibilitychange', () => {
      if (!isElsewhere.value && document.visibilityState === 'hidden' && waiting.value.waiting > 0) void queue.flush()
    })
  }

  return {
    mine, reading, failure, isElsewhere, isMatching, waiting, recording, routeAt, route, walk, line, samples, fixes, progress, stops, next, lengthsM, isThere, roughM,
    nowMs, refresh, agree, withdraw, start, connect, discardSent, endOther,
    refusal: recorder.refusal, pause: recorder.pause, resume: recorder.resume, end: recorder.end, discard: recorder.discard, mark: recorder.mark,
    giveUp: queue.giveUp, again: queue.again, flush: queue.flush,
  }
})

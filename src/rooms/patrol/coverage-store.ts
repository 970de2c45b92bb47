import { sweptArea, type SweptArea } from '@/algorithms/tracks/swept-area'
import { STREET_COVERAGES } from '@/core/patrol/patrol'
import { toMetres } from '@/core/places-in-metres'
import { shanghaiDay } from '@/core/issues/shanghai-time'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { CoveredStretch } from './map-data'
import { USUAL_DAYS, type PatrolPeriod } from './model'
import { coverageBasis, coverageOfPeriod, walkedOfPeriod, walkedParts, type CountedTracks, type CoverageOfPeriod, type SecondSpan } from './operations/coverage-of-period'
import { missedOfDay } from './operations/missed-of-day'
import { planShares } from './operations/plan-shares'
import { checkpointRows, passFigure } from './operations/pass-figures'
import { shareStreets } from './operations/share-streets'
import { streetGround } from './operations/street-ground'
import { walkFigures } from './operations/walk-figures'
import { usePatrolMap } from './map-store'
import { groundOf, matchWaiting } from './matching'
import { segmentPlaces } from './operations/segment-places'
import { loadYards, runPatrolRules } from './repository'
import { usePatrolStore } from './store'

const DAY_S = 86_400
/** Days that are read at the least, so that recency and weekly streets can be told. */
const READ_DAYS = 28
const WEEK_DAYS = 7
/** So far to either hand one sees a courtyard one walks through, metres. */
export const SIGHT_M = 10

const PARTIAL = STREET_COVERAGES.indexOf('partial')

/** Rows of the table. */
export const COVERAGE_ROWS = ['community', 'grid', 'person', 'plan'] as const
export type CoverageRowsBy = (typeof COVERAGE_ROWS)[number]

/** Begin of a day in Shanghai, seconds since 1970. */
const beginOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`) / 1000
/** A day so many days later, ISO. */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_S * 1000).toISOString().slice(0, 10)
const spanOf = ({ fromDay, toDay }: PatrolPeriod): SecondSpan => ({ fromS: beginOf(fromDay), toS: beginOf(dayAfter(toDay, 1)) })

/** What was walked in the days shown: figures, colours of the map and what was missed come from one reckoning. */
export const usePatrolCoverageStore = defineStore('patrol-coverage', () => {
  const room = usePatrolStore()
  /** The last days up to today, or days chosen. */
  const choice = shallowRef<number | PatrolPeriod>(USUAL_DAYS)
  const by = ref<CoverageRowsBy>('community')
  /** Whose walks alone are shown. */
  const who = shallowRef<{ readonly kind: 'person' | 'plan'; readonly id: string } | null>(null)

  const period = computed<PatrolPeriod>(() =>
    typeof choice.value === 'number' ? { fromDay: dayAfter(room.today, 1 - choice.value), toDay: room.today } : choice.value)
  const span = computed(() => spanOf(period.value))

  /** Whether the walks of these days were read: of others nothing is told. */
  const isRead = computed(() => room.patrolScope !== null && period.value.fromDay >= room.period.fromDay && (typeof choice.value === 'number' || period.value.toDay <= room.period.toDay))

  /** Show the last days, or some days; such as were not read yet are read, up to today: plans go by the latest walks. What cannot be read is not shown. */
  async function choose(next: number | PatrolPeriod): Promise<void> {
    const before = choice.value
    choice.value = next
    const { fromDay, toDay } = period.value
    const least = dayAfter(toDay, 1 - READ_DAYS)
    // Before anything is read, the last days are among those that the server gives unasked.
    if (room.patrolScope ? isRead.value && least >= room.period.fromDay : typeof next === 'number') return
    const today = room.patrolScope ? room.today : shanghaiDay(Date.now() / 1000)
    const needed = { fromDay: fromDay < least ? fromDay : least, toDay: today > toDay ? today : toDay }
    if (!(await room.choosePeriod(needed)) && choice.value === next) choice.value = before
  }

  const shares = computed(() => (room.scope ? markRaw(shareStreets(room.scope)) : null))
  const ground = computed(() => (room.scope && room.network && shares.value ? markRaw(streetGround(room.scope, shares.value, room.planning.pieces, room.network)) : null))
  const counted = computed<CountedTracks>(() => {
    const [chosen, tracks] = [who.value, room.patrolScope?.tracks]
    if (!chosen || !tracks) return null
    const key = chosen.kind === 'person' ? 'personId' : 'planId'
    return (track) => tracks[track]?.[key] === chosen.id
  })

  const basis = computed(() => {
    const { scope, patrolScope, network } = room
    return scope && patrolScope && network && ground.value ? markRaw(coverageBasis(scope, patrolScope, ground.value, network.segmentFrom.length)) : null
  })
  /** What became of the streets between two moments, of the walks of `whose`; reckoned once a period. Null: the streets are not known yet. */
  function reckoner(whose: () => CountedTracks) {
    const known = computed(() => ({ here: basis.value, whose: whose(), found: new Map<string, CoverageOfPeriod>() }))
    return (span: SecondSpan): CoverageOfPeriod | null => {
      const { here, whose: tracks, found } = known.value
      if (!here) return null
      const key = `${span.fromS} ${span.toS}`
      const had = found.get(key)
      if (had) return had
      const made = markRaw(coverageOfPeriod(here, span, span.toS, tracks))
      found.set(key, made)
      return made
    }
  }
  const coverOfAll = reckoner(() => null)
  const coverOfSome = reckoner(() => counted.value)
  const cover = (span: SecondSpan): CoverageOfPeriod | null => (counted.value ? coverOfSome : coverOfAll)(span)
  const coverage = computed(() => (isRead.value ? cover(span.value) : null))

  /** Recency counts from all walks that were read, not from those of the days shown alone. */
  const longest = computed(() => cover(spanOf({ fromDay: room.period.fromDay < period.value.fromDay ? room.period.fromDay : period.value.fromDay, toDay: period.value.toDay })))

  /** Segments that are streets: paths assumed over gaps are none. */
  const segments = computed(() => Array.from(room.network?.segmentLine ?? []).flatMap((line, segment) => (line >= 0 ? [{ line, segment }] : [])))
  const places = computed(() => (room.network && room.scope ? markRaw(segmentPlaces(room.network, room.scope)) : null))
  /** Index of the community and of the grid that the middle of each of `stretches` lies in. */
  const communityOf = computed(() => segments.value.map(({ segment }) => places.value?.community[segment] ?? -1))
  const gridOf = computed(() => segments.value.map(({ segment }) => places.value?.grid[segment] ?? -1))

  /** Segments as the map colours them, in the order of the network. */
  const stretches = computed<readonly CoveredStretch[]>(() => {
    const { scope, network } = room
    const found = coverage.value
    if (!scope || !network || !found || !longest.value) return []
    const { coveredS } = longest.value
    const endS = span.value.toS
    return segments.value.map(({ line, segment }): CoveredStretch => {
      const [fromCm, toCm] = [network.segmentFromCm[segment], network.segmentToCm[segment]]
      const atS = coveredS[segment]
      return {
        streetId: scope.streets[line].id, fromCm, toCm, coverage: STREET_COVERAGES[found.state[segment]], share: toCm > fromCm ? found.walkedCm[segment] / (toCm - fromCm) : 0,
        walked: found.state[segment] === PARTIAL ? walkedParts(found.parts, line, fromCm, toCm) : [],
        daysSince: atS === 0 ? null : Math.floor((endS - 1 - atS) / DAY_S),
      }
    })
  })

  const endS = computed(() => span.value.toS)
  /** Due by the end of the last day shown and not covered, by anybody. */
  const missed = computed(() => {
    const { scope, network } = room
    const toS = endS.value
    const [daily, weekly, long] = [1, WEEK_DAYS, READ_DAYS].map((days) => coverOfAll({ fromS: toS - days * DAY_S, toS }))
    if (!scope || !network || !ground.value || !places.value || !isRead.value || !daily || !weekly || !long) return []
    const all = missedOfDay(scope.streets.map(({ id }) => id), network, ground.value, { daily, weekly, long }, places.value)
    return markRaw(room.community === null ? all : all.filter(({ community }) => community === room.community))
  })

  const isShown = (track: number): boolean => {
    const one = room.patrolScope?.tracks[track]
    return one !== undefined && one.day >= period.value.fromDay && one.day <= period.value.toDay
  }
  /** Figures of the walks shown, by position in `tracks`. */
  const walks = computed(() => {
    const whose = counted.value
    return room.patrolScope ? markRaw(walkFigures(room.patrolScope, (track) => isShown(track) && (whose === null || whose(track)))) : new Map()
  })
  /** How much of its own routes was walked, by plan. */
  const plansWalked = computed(() => {
    const { patrolScope, today } = room
    const { fromDay, toDay } = period.value
    return patrolScope ? markRaw(planShares(patrolScope.plans, patrolScope.walked, { fromDay, toDay: toDay < today ? toDay : today })) : new Map()
  })
  /** Why buildings passed are not known: a building has its latest pass alone, without who it was. */
  const passesHidden = computed<'who' | 'past' | null>(() => (who.value ? 'who' : period.value.toDay < room.today ? 'past' : null))
  const passes = computed(() => (room.scope && room.patrolScope && passesHidden.value === null ? markRaw(passFigure(room.scope, room.patrolScope, room.community, span.value)) : null))
  const checkpoints = computed(() => (room.patrolScope ? markRaw(checkpointRows(room.patrolScope, room.community, span.value, counted.value)) : []))

  /** Day by day: streets walked, each once a day, and streets of every day that were. */
  const days = computed(() => {
    const bars: { readonly day: string; readonly walkedCm: number; readonly requiredCm: number }[] = []
    const [here, all] = [basis.value, coverage.value]
    if (!here || !all) return bars
    const { totalCm, noneCm } = room.community === null ? all.total : all.byCommunity[room.community]
    for (let { fromDay: day } = period.value; day <= period.value.toDay; day = dayAfter(day, 1)) {
      bars.push({ day, walkedCm: walkedOfPeriod(here, spanOf({ fromDay: day, toDay: day }), counted.value, room.community), requiredCm: totalCm - noneCm })
    }
    return bars
  })

  /** Courtyards seen on the way, merged: what was walked through twice counts once. Null: not known, or not to be known: they are told without the walk, so not of one person or plan. */
  const yards = shallowRef<SweptArea | null>(null)
  let turn = 0
  async function readYards(): Promise<void> {
    const own = ++turn
    yards.value = null
    const { scope, patrolScope, maySeeWalks } = room
    if (!scope || !patrolScope || !maySeeWalks || who.value) return
    try {
      const found = await loadYards(scope.landId, period.value)
      if (turn !== own) return
      const lines = found.map(({ line }) => Float64Array.from(line.flatMap((position) => toMetres(scope.land.frame, position))))
      yards.value = lines.length > 0 ? sweptArea(lines, SIGHT_M) : { areaM2: 0, errorM2: 0 }
    } catch {
      // A figure beside others: without it they stand all the same.
    }
  }

  /** Let retention take effect, then match the walks that wait and save them; what fails waits for the next time. Answers how many were saved. */
  async function matchQuietly(onFound: (count: number) => void, onRefused: (count: number) => void): Promise<number> {
    const { scope, patrolScope } = room
    if (!scope || !patrolScope) return 0
    let saved = 0
    try {
      await runPatrolRules(scope.landId)
      await matchWaiting(scope.landId, groundOf(scope, patrolScope), false, { onFound, onSaved: (n) => (saved = n), onRefused })
    } catch {
      // Nobody asked for it: walks stay as they are, and the list of walks says which wait.
    }
    return saved
  }

  const map = usePatrolMap()
  watch(
    () => (room.active && (map.theme === 'coverage' || map.theme === 'recency') ? stretches.value : null),
    (next) => (map.covered = next),
    { immediate: true },
  )
  watch(() => room.scope?.landId, (_, before) => {
    // What a link asked for stays when the street it is of comes.
    if (before === undefined) return
    who.value = null
    choice.value = USUAL_DAYS
    yards.value = null
  })

  return { choice, by, who, period, endS, choose, ground, coverage, stretches, communityOf, gridOf, missed, walks, plansWalked, passes, passesHidden, checkpoints, days, yards, readYards, matchQuietly }
})

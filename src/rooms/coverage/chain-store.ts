import { STATION_LEVELS, type WorkUnit } from '@/core/coverage/coverage-scope'
import { middleOf } from '@/core/places-in-metres'
import type { LngLat } from '@/core/units'
import { placeMode } from '@/map/place-mode'
import { defineStore, storeToRefs } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { useCoverageMap } from './map-store'
import { findBlindSpots } from './operations/blind-spots'
import { completeChain, sumChain, type ChainPlace } from './operations/complete-chain'
import { placeStations } from './operations/place-stations'
import { useCoverageStore } from './store'

/** What the tab shows: the chain, or a form. A station or unit by its id; null: a new one. */
export type ChainPage = { readonly kind: 'list' } | { readonly kind: 'station'; readonly stationId: number | null; readonly missing: ChainPlace | null } | { readonly kind: 'unit'; readonly unitId: number | null }

const MODE = 'coverage:chain'

/** The chain of stations: what is complete, what is missing where, and what is in hand. */
export const useChainStore = defineStore('coverage-chain', () => {
  const room = useCoverageStore()
  const view = useCoverageMap()
  const page = shallowRef<ChainPage>({ kind: 'list' })
  /** Level whose gaps and stations are listed. */
  const { chainLevel: level } = storeToRefs(view)
  /** A place is being said by a press on the map. */
  const isPlacing = ref(false)

  let endsListening: (() => void) | null = null
  // What a form is of lies in another street then.
  watch(() => room.scope?.landId, () => open({ kind: 'list' }), { flush: 'sync' })

  const places = computed(() => (room.scope ? markRaw(placeStations(room.scope)) : []))
  const chain = computed(() => (room.scope && room.coverageScope ? markRaw(completeChain(room.scope, places.value, room.coverageScope.stairwells)) : []))
  const sums = computed(() => sumChain(chain.value, room.community))
  const isHere = (community: number): boolean => room.community === null || community === room.community
  const missing = computed(() => chain.value.filter((place) => place.level === level.value && place.had < place.wanted && isHere(place.community)))
  /** Positions of the stations of the level. */
  const stations = computed(() => (room.scope?.stations ?? []).flatMap((station, k) => (station.level === level.value && (station.community < 0 || isHere(station.community)) ? [k] : [])))
  const spots = computed(() => (room.scope && room.coverageScope ? markRaw(findBlindSpots(room.scope, room.coverageScope, chain.value, room.community)) : { compounds: [], units: [] }))
  /** Positions of the units here. */
  const units = computed(() => (room.coverageScope?.workUnits ?? []).flatMap(({ community }, k) => (isHere(community) ? [k] : [])))

  function open(next: ChainPage): void {
    stopPlacing()
    page.value = next
  }

  /** Let a place be said by one press on the map. */
  function place(take: (at: LngLat) => void): void {
    if (isPlacing.value) return stopPlacing()
    const { map, workspace } = room
    if (!map) return
    isPlacing.value = true
    workspace?.page.set('map')
    map.setMode(placeMode(MODE, (at) => {
      stopPlacing()
      take(at)
    }))
    // Escape, and a tool taken in hand elsewhere, end it too.
    endsListening = map.mode.subscribe((mode) => {
      if (mode?.id !== MODE) stopPlacing()
    })
  }
  function stopPlacing(): void {
    if (!isPlacing.value) return
    isPlacing.value = false
    endsListening?.()
    endsListening = null
    if (room.map?.mode.get()?.id === MODE) room.map.setMode(null)
    room.workspace?.page.set('list')
  }

  /** Where a new station of a place that lacks one is proposed: a building of it, the one with most households. */
  function proposedAt({ level: own, index, community }: ChainPlace): LngLat | null {
    const { scope } = room
    if (!scope) return null
    const { buildings, current } = scope
    const isOf = (building: number): boolean => {
      if (own === 'stairwell_contact') return building === index
      if (own === 'compound_point') return buildings.compound[building] === index
      if (own === 'grid_home') return buildings.cell[building] >= 0 && current.cellGrid[buildings.cell[building]] === index
      return community < 0 || buildings.community[building] === community
    }
    let best = -1
    for (let building = 0; building < buildings.count; building++) {
      if (isOf(building) && (best < 0 || buildings.households[building] > buildings.households[best])) best = building
    }
    return best < 0 ? null : middleOf(buildings, best)
  }

  /** Show a place of the chain on the map. */
  function show({ level: own, index, community }: ChainPlace): void {
    const { scope, workspace } = room
    if (!scope || !workspace) return
    if (own === 'stairwell_contact') return view.show({ kind: 'building', index })
    workspace.page.set('map')
    if (own === 'compound_point') workspace.selection.set({ kind: 'compound', index })
    else if (own === 'grid_home') workspace.selection.set({ kind: 'grid', gridId: scope.current.grids[index].id })
    else if (community >= 0) workspace.selection.set({ kind: 'community', orgUnitId: scope.communities[community].id })
  }
  function showUnit({ at, compound }: WorkUnit): void {
    if (at) view.locate([at[0], at[1], at[0], at[1]])
    else if (compound >= 0) showCompound(compound)
  }
  function showCompound(index: number): void {
    room.workspace?.page.set('map')
    room.workspace?.selection.set({ kind: 'compound', index })
  }

  return { page, level, isPlacing, places, chain, sums, missing, stations, spots, units, levels: STATION_LEVELS, open, place, stopPlacing, proposedAt, show, showUnit, showCompound }
})

import { toDataError, type DataError } from '@/data/errors'
import { ref, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { listPlaces, loadVisitorMap, type VisitorMap, type VisitorPlace } from './repository'

/** The street a page is about: by its code in the address, the only one there is, or the one that is chosen. */
export function usePlace() {
  const route = useRoute()
  const router = useRouter()
  const places = shallowRef<readonly VisitorPlace[]>([])
  const place = shallowRef<VisitorPlace | null>(null)
  const map = shallowRef<VisitorMap | null>(null)
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const failure = shallowRef<DataError | null>(null)

  async function load(): Promise<void> {
    state.value = 'loading'
    failure.value = null
    try {
      places.value = await listPlaces()
      const code = route.query.place
      const known = places.value.find((one) => one.code === code) ?? (places.value.length === 1 ? places.value[0] : undefined)
      place.value = known ?? null
      map.value = known ? await loadVisitorMap(known.landId) : null
      state.value = 'ready'
    } catch (thrown) {
      failure.value = toDataError(thrown)
      state.value = 'failed'
    }
  }

  async function choose(code: string): Promise<void> {
    await router.replace({ path: route.path, query: { ...route.query, place: code } })
    await load()
  }
  return { places, place, map, state, failure, load, choose }
}

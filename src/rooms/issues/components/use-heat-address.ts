import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { HEAT_MEASURES } from '../heat-classes'
import type { useIssuesMap } from '../map-store'
import { CELL_SIDES_M } from '../operations/heat-cells'

const KEY = 'heat'
const USUAL = 'counts.100'

/** Keep what the colours of the map mean in the address: a link shows the same heat. Changing it makes no entry of history. */
export function useHeatAddress(view: ReturnType<typeof useIssuesMap>): void {
  const route = useRoute()
  const router = useRouter()
  const { name: room } = route
  const given = route.query[KEY]
  if (typeof given === 'string') {
    const [measure, sideM] = given.split('.')
    view.measure = HEAT_MEASURES.find((one) => one === measure) ?? view.measure
    view.sideM = CELL_SIDES_M.find((one) => String(one) === sideM) ?? view.sideM
  }
  watch(
    () => `${view.measure}.${view.sideM}`,
    (now) => {
      if (route.name === room) void router.replace({ path: route.path, query: { ...route.query, [KEY]: now === USUAL ? undefined : now } })
    },
  )
}

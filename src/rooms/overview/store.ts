import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { FigureKey } from './operations/summarise'

/** View state of the overview: which figure's rows are open. */
export const useOverviewStore = defineStore('overview', () => {
  const figure = ref<FigureKey>('grids')
  return { figure }
})

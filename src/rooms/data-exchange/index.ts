import { defineRoom } from '@/core/room'

/** The door of the data room: land comes in, grids go out. */
export default defineRoom({
  id: 'data-exchange',
  titleKey: 'data-exchange.title',
  purposeKey: 'data-exchange.purpose',
  icon: 'data',
  path: '/data',
  roles: ['district_admin', 'street_officer'],
  order: 80,
  panel: () => import('./components/ExchangePanel.vue'),
  drawer: () => import('./components/ExchangeDrawer.vue'),
  overlay: () => import('./components/PreviewLegend.vue'),
  messages: async () => {
    const [{ zh }, { en }] = await Promise.all([import('./messages/zh'), import('./messages/en')])
    return { zh, en }
  },
})

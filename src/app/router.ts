import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import { ROOMS, VISITOR_PAGES } from './rooms'

const NOTHING = { render: () => null }

/**
 * Addresses: the path names the room, the query carries view, selection, layers, theme and edition. The part after #
 * never reaches a server, so any static host will do.
 */
export function createAppRouter(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      ...ROOMS.map((room) => ({ path: room.path, name: room.id, component: NOTHING })),
      ...VISITOR_PAGES.map(({ path }) => ({ path, name: path, component: NOTHING })),
      { path: '/:rest(.*)*', name: 'start', component: NOTHING },
    ],
  })
}

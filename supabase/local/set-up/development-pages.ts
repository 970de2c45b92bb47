import type { Server } from 'node:http'
import type { PageMiddleware } from '../serve'
import { PROJECT_DIR } from '../settings'

/** Has Vite serve the pages from their sources, in the same server and at the same address as the API. */
export async function developmentPages(
  server: Server,
): Promise<{ middleware: PageMiddleware; close: () => Promise<void> }> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    root: PROJECT_DIR,
    appType: 'spa',
    server: { middlewareMode: true, hmr: { server } },
  })
  return { middleware: vite.middlewares, close: () => vite.close() }
}

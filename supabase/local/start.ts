import { existsSync } from 'node:fs'
import { buildPages } from './set-up/build-pages'
import { DataDirectoryError } from './data-directory/layout'
import { LockedError } from './data-directory/lock'
import { isLoopback } from './http/own-address'
import { serve, type RunningServer } from './serve'
import { PROJECT_DIR, readSettings } from './settings'
import { developmentPages } from './set-up/development-pages'

/** Runs `npm start` and `npm run dev`; `startedAt` is the time the command began, by `Date.now()`. */
export async function start(startedAt: number): Promise<void> {
  const say = (line: string) => console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`)
  let server: RunningServer | null = null
  let isStopping = false

  const stop = async (signal: string, exitCode: number) => {
    if (isStopping) process.exit(1)
    isStopping = true
    say(`${signal}: closing the database (once more to leave at once)`)
    await server?.stop().catch((error: Error) => console.error(error.message))
    process.exit(exitCode)
  }
  process.on('SIGINT', () => void stop('interrupted', 0))
  process.on('SIGTERM', () => void stop('asked to stop', 0))

  try {
    const settings = readSettings(process.env, process.argv.slice(2))
    if (!settings.isDev && existsSync(`${PROJECT_DIR}/index.html`)) await buildPages(say)
    server = await serve({
      ...settings,
      say,
      onFatal: (reason) => void stop(`the database cannot be kept open (${reason})`, 1),
      makePages: settings.isDev ? developmentPages : undefined,
    })
    say('ready')
    console.log(`\n  Gewu 格物  ${server.url}\n`)
    if (!isLoopback(settings.host) && !settings.tls) say('GEWU_ALLOW_PLAIN_HTTP=1: this server itself does not encrypt')
    if (settings.databaseUrl) say('backups of a PostgreSQL of your own are made with pg_dump, not by this server')
  } catch (error) {
    const isExpected = error instanceof LockedError || error instanceof DataDirectoryError
    const { message, stack, code } = error as NodeJS.ErrnoException
    const words = code === 'ENOSPC' ? 'the disk is full. Free some room, then start again: everything confirmed is kept.' : message
    console.error(`\nGewu could not start: ${isExpected || !process.env.GEWU_DEBUG ? words : stack}`)
    process.exit(1)
  }
}

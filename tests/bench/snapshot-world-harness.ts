import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataLayout, markFinished } from '../../supabase/local/data-directory/layout'
import { openEmbedded, openNative, type OpenedDatabase } from '../../supabase/local/database/api-connection'
import { serve, type RunningServer } from '../../supabase/local/serve'
import { buildPages } from '../../supabase/local/set-up/build-pages'
import { readSettings } from '../../supabase/local/settings'
import { seedDistrict } from '../../supabase/seed/fill-database'
import { startNativeCluster } from '../sql/engines/native-cluster'
import { timed } from './database-harness'

export type World = 'demo' | 'district'

/** The console as `npm start` serves it, on a database that holds a world. */
export interface ServedWorld {
  readonly server: RunningServer
  /** The interface as the demo account of a role sees it. */
  callerAs(role: string): Promise<Caller>
  stop(): Promise<void>
}

export interface Caller {
  /** Call a function; the text of its answer. */
  call(name: string, args: object): Promise<string>
  landIds(): Promise<number[]>
}

/** Serve the demo street or the scale district on one engine; `stop` throws all of it away. */
export async function serveWorld(world: World, engine: 'native' | 'embedded', say: (line: string) => void): Promise<ServedWorld> {
  await buildPages(() => {})
  const dataDir = mkdtempSync(join(tmpdir(), 'gewu-bench-'))
  const cluster = engine === 'native' ? await startNativeCluster() : null
  const removeAll = async () => {
    await cluster?.remove()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const open = (demo: boolean) => {
    const place = { GEWU_DATA: dataDir, PORT: '0', GEWU_DEMO: demo ? '1' : '0', DATABASE_URL: cluster?.url('postgres') }
    return serve({ ...readSettings(place, []), say: () => {}, onFatal: say })
  }
  try {
    const made = await timed(async () => {
      if (world === 'demo') return open(true)
      // The server makes schemas and the tables of accounts first; the generator fills what it finds empty.
      await (await open(false)).stop()
      await fillDistrict(cluster ? await openNative(cluster.url('postgres')) : await openEmbedded(dataLayout(dataDir).databaseDir), say)
      markFinished(dataDir, { demo: true })
      return open(true)
    })
    const server = made.value
    say(`${world}, ${engine}: served after ${(made.ms / 1000).toFixed(1)} s`)
    return {
      server,
      callerAs: (role) => signInAs(server, role),
      async stop() {
        await server.stop()
        await removeAll()
      },
    }
  } catch (error) {
    await removeAll()
    throw error
  }
}

async function fillDistrict(database: OpenedDatabase, say: (line: string) => void): Promise<void> {
  try {
    const { ms } = await timed(() => database.sql.transaction((session) => seedDistrict(session)))
    say(`the district written in ${(ms / 1000).toFixed(1)} s`)
  } finally {
    await database.close()
  }
}

async function signInAs({ url, anonKey, accounts }: RunningServer, role: string): Promise<Caller> {
  const account = accounts.find((one) => one.role === role)
  if (!account) throw new Error(`expected a demo account with role ${role}, got none`)
  const ask = async (path: string, token: string, body?: object): Promise<string> => {
    const headers = { apikey: anonKey, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
    return text
  }
  const { email, password } = account
  const session = await ask('/auth/v1/token?grant_type=password', anonKey, { email, password })
  const { access_token: token } = JSON.parse(session) as { access_token: string }
  return {
    call: (name, args) => ask(`/rest/v1/rpc/${name}`, token, args),
    landIds: async () => (JSON.parse(await ask('/rest/v1/lands?select=id&order=id', token)) as { id: number }[]).map(({ id }) => id),
  }
}

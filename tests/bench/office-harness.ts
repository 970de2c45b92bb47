import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve, type RunningServer } from '../../supabase/local/serve'
import { readSettings } from '../../supabase/local/settings'
import { startNativeCluster, type NativeCluster } from '../sql/engines/native-cluster'

/** The shipped server with the demo street, on data of its own. */
export interface DemoOffice {
  server: RunningServer
  cluster: NativeCluster | null
  signIn: (role: string) => Promise<Ask>
  close: () => Promise<void>
}

/** Sends one request of the API as somebody: the path, and for a call its arguments. */
export type Ask = (path: string, body?: unknown) => Promise<{ status: number; body: unknown; ms: number }>

export async function openDemoOffice(engine: 'embedded' | 'native', say: (line: string) => void): Promise<DemoOffice> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gewu-bench-office-'))
  const cluster = engine === 'native' ? await startNativeCluster() : null
  const remove = async () => {
    await cluster?.remove()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const environment = { GEWU_DATA: dataDir, GEWU_DEMO: '1', GEWU_BACKUP_HOURS: '0', PORT: '0', DATABASE_URL: cluster?.url('postgres') }
    const server = await serve({ ...readSettings(environment, []), say: () => {}, onFatal: say })
    return {
      server,
      cluster,
      signIn: (role) => signInAs(server, role),
      async close() {
        await server.stop()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

async function signInAs({ url, anonKey, accounts }: RunningServer, role: string): Promise<Ask> {
  const account = accounts.find((one) => one.role === role)
  if (!account) throw new Error(`expected a demo account with role ${role}, got none`)
  const ask = async (path: string, token: string, body?: unknown) => {
    const startedAt = performance.now()
    const answer = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { apikey: anonKey, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as unknown, ms: performance.now() - startedAt }
  }
  const { email, password } = account
  const session = await ask('/auth/v1/token?grant_type=password', anonKey, { email, password })
  if (session.status !== 200) throw new Error(`expected a session, got ${session.status} ${JSON.stringify(session.body)}`)
  const { access_token: token } = session.body as { access_token: string }
  return (path, body) => ask(path, token, body)
}

/** The value below which `share` of the sorted numbers lie. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

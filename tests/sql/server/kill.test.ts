import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lockDataDirectory } from '../../../supabase/local/data-directory/lock'
import { call, openOffice, PEOPLE, rpc, signIn, type Engine, type Office } from './open-office'

const engines: Engine[] = ['embedded', 'native']
const ROUNDS = 4
const WRITERS = 4

const childFile = fileURLToPath(new URL('./serve-child.mjs', import.meta.url))

/** Starts the office's server in a process of its own and has the office speak to it. */
async function startChild(office: Office): Promise<ChildProcess> {
  const url = office.cluster?.url('postgres') ?? ''
  const child = spawn(process.execPath, [childFile, office.dataDir, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it answered`)))
  })
  office.server = { ...office.server, ...(JSON.parse(line) as { url: string; anonKey: string }) }
  return child
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

describe.each(engines)('a server killed in the middle of writing, %s', (engine) => {
  it('has lost nothing it had confirmed, and holds its folder alone', async () => {
    const office = await openOffice(engine)
    const stopFirst = office.server.stop
    await stopFirst()
    const acknowledged: string[] = []
    let slowestStartMs = 0
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const startedAt = performance.now()
        const child = await startChild(office)
        slowestStartMs = Math.max(slowestStartMs, performance.now() - startedAt)
        expect(() => lockDataDirectory(office.dataDir, 'second')).toThrow('in use by process')
        const officer = await signIn(office, PEOPLE.officer)
        const isRunning = { value: true }
        const writers = Array.from({ length: WRITERS }, async (_, writer) => {
          for (let step = 0; isRunning.value; step += 1) {
            const title = `round ${round} writer ${writer} step ${step}`
            const answer = await rpc(office, officer, 'open_plan_draft', { p_land: 1, p_title: title }).catch(() => null)
            if (answer?.status === 200) acknowledged.push(title)
          }
        })
        await new Promise((resolve) => setTimeout(resolve, 400 + round * 350))
        await killed(child)
        isRunning.value = false
        await Promise.all(writers)
        if (office.cluster && round % 2 === 1) await office.cluster.killAndRestart()
      }
      const child = await startChild(office)
      const officer = await signIn(office, PEOPLE.officer)
      const kept = new Set<string>()
      for (let offset = 0; ; offset += 500) {
        const { body } = await call(office, officer, `/rest/v1/plans?select=title&order=number&limit=500&offset=${offset}`)
        const plans = body as { title: string }[]
        for (const { title } of plans) kept.add(title)
        if (plans.length < 500) break
      }
      const lost = acknowledged.filter((title) => !kept.has(title))
      const half = await call(office, officer, '/rest/v1/plans?select=title,plan_grids(code)&limit=1000')
      const withoutGrids = (half.body as { plan_grids: unknown[] }[]).filter((plan) => plan.plan_grids.length === 0)
      console.log(
        `${engine}: ${ROUNDS} kills, ${acknowledged.length} writes confirmed, ${lost.length} lost, ` +
          `${withoutGrids.length} half-done, slowest start ${(slowestStartMs / 1000).toFixed(1)} s`,
      )
      expect(lost).toEqual([])
      expect(withoutGrids).toEqual([])
      expect(acknowledged.length).toBeGreaterThan(ROUNDS)
      await killed(child)
    } finally {
      await office.close()
    }
  })
})

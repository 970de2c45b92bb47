import { describe, expect, it } from 'vitest'
import type { Endpoint } from 'comlink'
import { createJobRunner } from '@/jobs/create-job-runner'
import { exposeJob } from '@/jobs/expose-job'
import { JobError } from '@/jobs/job'
import type { JobFunction, JobThread } from '@/jobs/job'

/** A thread over a message channel: the same protocol as a worker, without one. */
function channelThread<I, O>(job: JobFunction<I, O>, log: string[] = []): JobThread {
  const { port1, port2 } = new MessageChannel()
  exposeJob(job, port2 as unknown as Endpoint)
  port2.start()
  port1.start()
  log.push('start')
  return {
    endpoint: port1 as unknown as Endpoint,
    terminate: () => {
      log.push('end')
      port1.close()
      port2.close()
    },
    onFailure: () => undefined,
  }
}

const doubled: JobFunction<Int32Array, Int32Array> = (input, { onProgress }) => {
  onProgress(0.5, 'double')
  return input.map((v) => v * 2)
}

describe('createJobRunner', () => {
  it('runs in a thread, tells progress, keeps the thread', async () => {
    const log: string[] = []
    const runner = createJobRunner({ spawn: () => channelThread(doubled, log), fallback: async () => doubled })
    const seen: string[] = []
    const out = await runner.run(Int32Array.of(1, 2), { onProgress: (share, pass) => seen.push(`${pass} ${share}`) })
    expect([...out]).toEqual([2, 4])
    expect([...(await runner.run(Int32Array.of(5)))]).toEqual([10])
    expect(seen).toEqual(['double 0.5'])
    expect(log).toEqual(['start'])
    runner.close()
  })

  it('tells what is found so far, as it stood then', async () => {
    const growing: JobFunction<number, number> = (input, { onProgress }) => {
      const best = { open: Uint8Array.of(0, 1) }
      onProgress(0.5, 'first', best)
      best.open[0] = 1
      return input
    }
    const runner = createJobRunner({ spawn: () => channelThread(growing, []), fallback: async () => growing })
    const told: unknown[] = []
    await runner.run(1, { onProgress: (_, __, found) => told.push(found) })
    expect(told).toEqual([{ open: Uint8Array.of(0, 1) }])
    runner.close()
  })

  it('tells no progress after the answer, whichever channel is the quicker', async () => {
    let told: Promise<void> = Promise.resolve()
    const late: JobFunction<number, number> = (n, { onProgress }) => {
      told = new Promise((resolve) => setTimeout(() => resolve(onProgress(1, 'done'))))
      return n
    }
    const runner = createJobRunner({ spawn: () => channelThread(late), fallback: async () => late })
    const seen: string[] = []
    expect(await runner.run(1, { onProgress: (share, pass) => seen.push(`${pass} ${share}`) })).toBe(1)
    await told
    // A second run on the same thread is answered after whatever the first had still to say.
    expect(await runner.run(2)).toBe(2)
    expect(seen).toEqual([])
    runner.close()
  })

  it('gives the same result on the calling thread where no worker starts', async () => {
    const runner = createJobRunner({ spawn: () => null, fallback: async () => doubled })
    expect([...(await runner.run(Int32Array.of(3)))]).toEqual([6])
    const throwing = createJobRunner({
      spawn: () => {
        throw new Error('refused by policy')
      },
      fallback: async () => doubled,
    })
    expect([...(await throwing.run(Int32Array.of(4)))]).toEqual([8])
  })

  it('carries code and details of an error across', async () => {
    const failing: JobFunction<number, number> = () => {
      throw Object.assign(new Error('no land'), { code: 'land_empty', details: { buildings: 0 } })
    }
    for (const spawn of [() => channelThread(failing), () => null]) {
      const runner = createJobRunner({ spawn, fallback: async () => failing })
      const error = await runner.run(1).catch((cause: unknown) => cause)
      expect(error).toBeInstanceOf(JobError)
      expect(error).toMatchObject({ code: 'land_empty', details: { buildings: 0 } })
      runner.close()
    }
  })

  it('ends the thread on abort and starts another for the next run', async () => {
    const log: string[] = []
    let release: () => void = () => undefined
    const slow: JobFunction<number, number> = async (n) => {
      if (n === 0) await new Promise<void>((resolve) => (release = resolve))
      return n
    }
    const runner = createJobRunner({ spawn: () => channelThread(slow, log), fallback: async () => slow })
    const stop = new AbortController()
    const running = runner.run(0, { signal: stop.signal })
    const other = runner.run(7)
    setTimeout(() => stop.abort(), 5)
    await expect(running).rejects.toMatchObject({ code: 'aborted' })
    expect(await other).toBe(7)
    expect(log).toEqual(['start', 'end', 'start'])
    release()
    runner.close()
  })

  it('refuses at once when already aborted', async () => {
    const runner = createJobRunner({ spawn: () => null, fallback: async () => doubled })
    await expect(runner.run(Int32Array.of(1), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
  })
})

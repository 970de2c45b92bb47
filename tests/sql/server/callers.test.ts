import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymous, openOffice, PEOPLE, signIn, type Caller, type Engine, type Office } from './open-office'
import { besiege } from './refusals'

const engines: Engine[] = ['embedded', 'native']
const ROUNDS = 10
const REQUESTS_A_ROUND = 60
const SIEGE = 1_200

interface Sent {
  person: number | null
  text: string
}

/** Requests whose answers tell who was taken for the caller, of lengths that differ, so that they overtake each other. */
function sent(caller: Caller, host: string, index: number): Sent {
  const padding = '"p_query":"' + '甲'.repeat((index * 37) % 400) + '","p_limit":5'
  const [path, method, body] = [
    ['/rest/v1/rpc/whoami', 'POST', '{}'],
    [`/rest/v1/households?select=id,community_id&limit=${(index % 50) + 1}`, 'GET', ''],
    ['/rest/v1/rpc/search_people', 'POST', `{${padding}}`],
  ][index % 3]!
  const headers = Object.entries(caller.headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = Buffer.byteLength(body)
  const head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers.join('')}`
  const type = length > 0 ? `content-type: application/json\r\ncontent-length: ${length}\r\n` : ''
  return { person: caller.person, text: `${head}${type}prefer: count=exact\r\n\r\n${body}` }
}

/** Writes all requests in one go on one socket and reads as many answers. */
function pipeline(url: string, requests: readonly Sent[]): Promise<{ status: number; head: string; body: string }[]> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const answers: { status: number; head: string; body: string }[] = []
    let received = Buffer.alloc(0)
    const socket = connect(Number(port), hostname, () => socket.write(requests.map(({ text }) => text).join('')))
    socket.on('error', reject)
    socket.on('end', () => reject(new Error(`the connection ended after ${answers.length} of ${requests.length} answers`)))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      for (;;) {
        const end = received.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = received.subarray(0, end).toString()
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
        if (received.length < end + 4 + length) return
        const body = received.subarray(end + 4, end + 4 + length).toString()
        answers.push({ status: Number(head.slice(9, 12)), head, body })
        received = received.subarray(end + 4 + length)
        if (answers.length === requests.length) {
          socket.destroy()
          return resolve(answers)
        }
      }
    })
  })
}

describe.each(engines)('callers mixed on one socket, %s', (engine) => {
  let office: Office
  let callers: Caller[]

  beforeAll(async () => {
    office = await openOffice(engine)
    callers = [anonymous(office)]
    for (const person of [PEOPLE.officer, PEOPLE.secretary, PEOPLE.otherOfficer, PEOPLE.inactive]) {
      callers.push(await signIn(office, person))
    }
  })
  afterAll(() => office?.close())

  it('each get the answers meant for them', async () => {
    const host = new URL(office.server.url).host
    // What each is answered when alone, request by request, is what each must be answered in the crowd.
    const key = ({ status, head, body }: { status: number; head: string; body: string }) =>
      `${status} ${/content-range: (.*)/i.exec(head)?.[1] ?? ''} ${body}`
    const alone = new Map<string, string>()
    for (const caller of callers) {
      for (let index = 0; index < REQUESTS_A_ROUND; index += 1) {
        const request = sent(caller, host, index)
        if (alone.has(request.text)) continue
        const [answer] = await pipeline(office.server.url, [request])
        alone.set(request.text, key(answer!))
      }
    }
    const distinct = callers.map((caller) => alone.get(sent(caller, host, 1).text))
    expect(new Set(distinct).size, 'callers see different things').toBeGreaterThanOrEqual(3)

    let wrong = 0
    let total = 0
    const startedAt = performance.now()
    for (let round = 0; round < ROUNDS; round += 1) {
      const requests = Array.from({ length: REQUESTS_A_ROUND }, (_, index) =>
        sent(callers[(index * 7 + round) % callers.length]!, host, index),
      )
      const answers = await pipeline(office.server.url, requests)
      answers.forEach((answer, index) => {
        total += 1
        if (key(answer) !== alone.get(requests[index]!.text)) wrong += 1
      })
    }
    const rate = total / ((performance.now() - startedAt) / 1000)
    console.log(`${engine}: ${wrong} of ${total} pipelined answers wrong, ${rate.toFixed(0)} requests/s`)
    expect(wrong).toBe(0)
  })

  it(`are answered while ${SIEGE.toLocaleString('en')} requests of mixed kinds are refused`, async () => {
    const officer = callers.find(({ person }) => person === PEOPLE.officer)!
    // First a few, so that what is made on first use is there.
    await besiege(office, officer, 200)
    const before = usedBytes()
    const begunAt = performance.now()
    const { refused, faults, honest, broken } = await besiege(office, officer, SIEGE)
    const seconds = (performance.now() - begunAt) / 1000
    const grownMb = (usedBytes() - before) / 2 ** 20
    console.log(
      `${engine}: ${SIEGE} refused in ${seconds.toFixed(1)} s (${JSON.stringify(refused)}; ${broken.ended} of ${broken.left} half requests ended), ` +
        `${honest.right} of ${honest.asked} honest answers right, the slowest after ${honest.slowestMs.toFixed(0)} ms; memory grew by ${grownMb.toFixed(1)} MB`,
    )
    expect(faults).toEqual([])
    expect(broken.ended).toBe(broken.left)
    expect(honest.asked).toBeGreaterThan(10)
    expect(honest.right).toBe(honest.asked)
    expect(grownMb).toBeLessThan(32)
  })
})

/** Bytes held by this process' own objects and buffers once all that is unused was let go of. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

import { request } from 'node:http'
import { PEOPLE, rpc, signIn, type Caller, type Office } from './open-office'

export interface VisitAnswer {
  status: number
  body: unknown
  text: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Calls a function as somebody who did not sign in, from another address of this machine: 127.0.0.`from`. */
export function visit({ server }: Office, name: string, body: unknown, from = 2, headers: Record<string, string> = {}): Promise<VisitAnswer> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const call = request(`${server.url}/rest/v1/rpc/${name}`, {
      method: 'POST', localAddress: `127.0.0.${from}`, agent: false,
      headers: { apikey: server.anonKey, authorization: `Bearer ${server.anonKey}`, 'content-type': 'application/json', ...headers },
    }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: answer.statusCode ?? 0, body: text === '' ? null : JSON.parse(text), text, headers: answer.headers })
      })
    })
    call.on('error', reject)
    call.end(sent)
  })
}

/** Code of a refusal: ours, or that of the front door. */
export const codeOf = ({ body }: { body: unknown }): string => {
  const { code, message } = (body ?? {}) as { code?: string; message?: string }
  return (code === 'P0001' ? message : code) ?? ''
}

/** Middle of building 2: in compound 1, which has four, of community 4, in grid a1. */
export const BUILDING_2 = [117.601667, 36.200451] as const

export const slipOf = (title: string, more: object = {}) => ({
  p_slip: { landId: 1, lngLat: BUILDING_2, category: 'noise', title, detail: '', photos: [], consent: true, ...more },
})

export interface Handed {
  number: string
  followCode: string
}

export async function handIn(office: Office, title: string, more: object = {}, from = 2): Promise<Handed> {
  const answer = await visit(office, 'visitor_report', slipOf(title, more), from)
  if (answer.status !== 200) throw new Error(`the slip was refused: ${answer.status} ${answer.text}`)
  return answer.body as Handed
}

/** Slips of the street as its officer has them. */
export async function slipsOf(office: Office, officer: Caller): Promise<{ id: number; number: string; [column: string]: unknown }[]> {
  const answer = await fetch(`${office.server.url}/rest/v1/issues?select=*&land_id=eq.1`, { headers: officer.headers })
  return (await answer.json()) as { id: number; number: string }[]
}

export interface Deed {
  by: Caller
  act: string
  input?: object
}

/** Does acts on a slip one after the other, each on the revision the last one left. */
export async function work(office: Office, officer: Caller, number: string, deeds: readonly Deed[]): Promise<number> {
  const slip = (await slipsOf(office, officer)).find((one) => one.number === number)
  if (!slip) throw new Error(`there is no slip ${number}`)
  let revision = slip.revision as number
  for (const { by, act, input = {} } of deeds) {
    const answer = await rpc(office, by, 'act_on_issue', { p_issue: slip.id, p_act: act, p_input: input, p_revision: revision })
    if (answer.status !== 200) throw new Error(`${act}: ${answer.status} ${JSON.stringify(answer.body)}`)
    revision = (answer.body as { revision: number }).revision
  }
  return slip.id
}

/** What must not be found by anybody without an account. */
export const SECRETS = {
  reporter: '钱多多', phone: '13512345678', words: '昨夜两点又来', room: '501', resident: '张三20', hidden: '只有办理的人知道', handler: '李四4',
  internal: '先不要告诉居民', unpublished: '这一条没有公开', withdrawn: '这一条撤回了',
} as const

export interface VisitorWorld {
  officer: Caller
  secretary: Caller
  leader: Caller
  /** Gone through all four states, with all the secrets in its words. */
  published: Handed
  /** Claimed, not published. */
  unpublished: Handed
  withdrawn: Handed
  /** Published, of markup and of a formula. */
  hostile: Handed
}

/** Puts slips into the world of the office as people do: visitors hand in, the office works. */
export async function makeVisitorWorld(office: Office): Promise<VisitorWorld> {
  const [officer, secretary, leader] = await Promise.all([PEOPLE.officer, PEOPLE.secretary, PEOPLE.gridLeader].map((person) => signIn(office, person)))
  const { reporter, phone, words, room, resident, hidden, handler, internal } = SECRETS
  const published = await handIn(office, `3号楼2单元${room}室${reporter}：楼上${resident}太吵，电话${phone}`, {
    detail: `${words}，请打 ${phone}`, reporter: { name: reporter, phone: phone.replace(/^(...)(....)/, '+86 $1 $2-') },
  })
  const unpublished = await handIn(office, SECRETS.unpublished, { detail: SECRETS.unpublished })
  const withdrawn = await handIn(office, SECRETS.withdrawn)
  const hostile = await handIn(office, `<img src=x onerror=alert(1)> =cmd|' /C calc'!A0`, { category: 'other', lngLat: [117.605, 36.2005] })
  await work(office, officer, published.number, [
    { by: leader, act: 'claim' },
    { by: leader, act: 'finish', input: { note: `已上门，${handler}与${room}室的${resident}谈过，回电 ${phone}` } },
    { by: secretary, act: 'return', input: { note: internal } },
    { by: leader, act: 'finish', input: { note: `已上门，${handler}与${room}室的${resident}谈过，回电 ${phone}` } },
    { by: secretary, act: 'close' },
    { by: secretary, act: 'reopen', input: { note: internal } },
    { by: leader, act: 'finish', input: { note: `已上门，${handler}与${room}室的${resident}谈过，回电 ${phone}` } },
    { by: secretary, act: 'close' },
    { by: secretary, act: 'publish' },
  ])
  await work(office, officer, unpublished.number, [{ by: leader, act: 'claim' }, { by: leader, act: 'progress', input: { note: '正在看' } },
    { by: secretary, act: 'supervise' }, { by: secretary, act: 'remind', input: { note: hidden } }])
  await work(office, officer, hostile.number, [{ by: officer, act: 'claim' }, { by: officer, act: 'finish', input: { note: '<script>alert(2)</script>' } },
    { by: officer, act: 'close' }, { by: officer, act: 'publish' }])
  const taken = await visit(office, 'visitor_withdraw', { p_code: withdrawn.followCode }, 3)
  if (taken.status !== 200) throw new Error(`not withdrawn: ${taken.text}`)
  return { officer: officer!, secretary: secretary!, leader: leader!, published, unpublished, withdrawn, hostile }
}

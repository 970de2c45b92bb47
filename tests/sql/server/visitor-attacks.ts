import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FUNCTIONS, RELATIONS } from '../../../supabase/local/allow-list'
import { rpc, type Office } from './open-office'
import { codeOf, handIn, SECRETS, slipOf, slipsOf, visit, work, type VisitAnswer, type VisitorWorld } from './visitor-world'

/** One thing somebody without an account tries on the public page. Resolves with what it got hold of, `null` when nothing. */
export interface VisitorAttack {
  name: string
  run: (office: Office, world: VisitorWorld) => Promise<string | null>
}

/** Everything that was tried, for the tally. */
export const tried = { calls: 0 }

const ask: typeof visit = (...call) => {
  tried.calls += 1
  return visit(...call)
}

const ENGINE_WORDS = /\b(relation|column|syntax|constraint|violates|pg_\w+|postgres|private\.\w+|auth\.\w+|stack|node_modules)\b/

/** The first of the words that stands in an answer. */
const found = (text: string, words: readonly string[]): string | null => words.find((word) => text.includes(word)) ?? null

/** All pages of the board under a filter, as one text. */
async function wholeBoard(office: Office, filter: object = {}, from = 10): Promise<string> {
  let text = ''
  for (let before: string | null = null, page = 0; page < 50; page += 1) {
    const answer: VisitAnswer = await ask(office, 'visitor_board', { p_land: 1, p_before: before, p_filter: filter }, from)
    text += answer.text
    before = (answer.body as { next: string | null }).next
    if (before === null) break
  }
  return text
}

/** What everybody may read without a code, as one text. */
async function allPublic(office: Office, from: number): Promise<string> {
  const others = await Promise.all([
    ask(office, 'visitor_map', { p_land: 1 }, from), ask(office, 'visitor_board_figures', { p_land: 1 }, from), ask(office, 'visitor_places', {}, from)])
  return (await wholeBoard(office, {}, from)) + others.map(({ text }) => text).join('')
}

type Asked = Parameters<typeof visit> extends [Office, ...infer Rest] ? Rest : never

/** Each of the calls, one after the other, is refused with one of our codes, without words of the engine. */
async function refusedAll(office: Office, calls: readonly Asked[], codes: readonly string[]): Promise<string | null> {
  for (const call of calls) {
    const answer = await ask(office, ...call)
    if (answer.status < 400) return `answered ${answer.status}: ${answer.text.slice(0, 100)}`
    if (answer.status >= 500) return `broke something: ${answer.text}`
    if (!codes.includes(codeOf(answer))) return `refused with ${codeOf(answer)}: ${answer.text.slice(0, 100)}`
    const said = ENGINE_WORDS.exec(answer.text)
    if (said) return `the refusal says "${said[0]}"`
  }
  return null
}

const jpeg = (middle: Buffer): string =>
  Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), middle, Buffer.from('ffda000801010000003f00d2cf20ffd9', 'hex')]).toString('base64')
const segment = (marker: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]), content])
const frame = (side: number): Buffer => segment(0xc0, Buffer.from([8, side >> 8, side & 255, side >> 8, side & 255, 1, 1, 0x11, 0]))
const png = (side: number, chunk = ''): string => {
  const head = Buffer.alloc(25)
  head.writeUInt32BE(13)
  head.write('IHDR', 4, 'latin1')
  head.writeUInt32BE(side, 8)
  head.writeUInt32BE(side, 12)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), head, Buffer.from(chunk)]).toString('base64')
}
export const GOOD_PHOTO = jpeg(frame(1200))

const BAD_PHOTOS: readonly (readonly [what: string, photos: unknown])[] = [
  ['five photos', Array<string>(5).fill(GOOD_PHOTO)],
  ['more than 300 KB', [jpeg(Buffer.concat([frame(1200), segment(0xfe, Buffer.alloc(60_000)), ...Array.from({ length: 5 }, () => segment(0xfe, Buffer.alloc(60_000)))]))]],
  ['a place and a camera in it', [jpeg(Buffer.concat([segment(0xe1, Buffer.from('Exif\0\0II*\0GPS')), frame(1200)]))]],
  ['XMP in it', [jpeg(Buffer.concat([segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>')), frame(1200)]))]],
  ['Exif in a PNG', [png(10, 'eXIf')]],
  ['65,000 pixels a side', [jpeg(frame(65_000))]],
  ['65,000 pixels a side behind a byte that decoders skip', [jpeg(Buffer.concat([Buffer.from([0xff]), frame(65_000)]))]],
  ['no size at all', [jpeg(Buffer.alloc(0))]],
  ['two thousand million pixels a side', [png(2_000_000_000)]],
  ['an SVG with a script', [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64')]],
  ['a page', [Buffer.from('<!doctype html><script>alert(1)</script>').toString('base64')]],
  ['a GIF', [Buffer.from('GIF89a\x01\0\x01\0').toString('base64')]],
  ['a zip', ['UEsDBBQAAAAI']],
  ['half a head', ['/9j/']],
  ['no base64', ['%%%%']],
  ['an address', ['https://evil.example/x.jpg']],
  ['a data address', [`data:image/jpeg;base64,${GOOD_PHOTO}`]],
  ['a number', [7]],
  ['an object', [{ type: 'image/jpeg', base64: GOOD_PHOTO }]],
  ['no list', { 0: GOOD_PHOTO }],
  ['nothing in it', ['']],
]

export const VISITOR_ATTACKS: readonly VisitorAttack[] = [
  { name: 'every relation and function of the office, without an account', run: async (office) => {
    const headers = { apikey: office.server.anonKey, authorization: `Bearer ${office.server.anonKey}` }
    for (const name of Object.keys(RELATIONS)) {
      tried.calls += 1
      const { status } = await fetch(`${office.server.url}/rest/v1/${name}?select=*`, { headers })
      if (status !== 401) return `${name}: ${status}`
    }
    for (const name of FUNCTIONS) {
      const { status } = await ask(office, name, {})
      if (status !== 401) return `${name}: ${status}`
    }
    return null
  } },
  { name: 'reporter, telephone, room, resident and colleague in what is public', run: async (office, { published }) => {
    const [text, board] = [await allPublic(office, 10), await wholeBoard(office)]
    if (!text.includes(published.number)) return 'the published slip is not there, so nothing was tried'
    const { reporter, phone, words, room, resident, hidden, handler, internal } = SECRETS
    return found(text, [reporter, phone, words, resident, hidden, handler, internal, '某*']) ?? /1[3-9]\d{9}/.exec(text)?.[0] ??
      // Houses stand on the map, not in what is said of people.
      found(board, [room, '3号楼', '2单元'])
  } },
  { name: 'slips that were not published, by any filter', run: async (office, { unpublished, withdrawn }) => {
    const filters = [{}, { category: 'noise' }, { outcome: 'withdrawn' }, { communityId: 4 }, { communityId: '4' }, { state: 'reported' }, { level: 'grid', limit: 1000 }]
    for (const filter of filters) {
      const seen = found(await wholeBoard(office, filter, 11), [unpublished.number, withdrawn.number, SECRETS.unpublished, SECRETS.withdrawn])
      if (seen) return `${JSON.stringify(filter)} shows ${seen}`
    }
    return null
  } },
  { name: 'the exact place of a published slip', run: async (office, { officer, published }) => {
    const slip = (await slipsOf(office, officer)).find(({ number }) => number === published.number)!
    const { slips } = (await ask(office, 'visitor_board', { p_land: 1 }, 12)).body as { slips: Record<string, unknown>[] }
    const shown = slips.find(({ number }) => number === published.number)!
    const fields = Object.keys(shown).sort().join()
    if (fields !== 'answer,category,centre,community,compound,number,outcome,publishedOn,reportedOn,satisfaction,state,title') return `tells ${fields}`
    // Another slip, at another house of the compound, stands at the very same point.
    const other = await handIn(office, '同一小区的另一户', { lngLat: [117.601667, 36.202253] }, 12)
    await work(office, officer, other.number, [{ by: officer, act: 'claim' }, { by: officer, act: 'finish', input: { note: '已办' } }, { by: officer, act: 'close' },
      { by: officer, act: 'publish' }])
    const again = ((await ask(office, 'visitor_board', { p_land: 1 }, 12)).body as { slips: Record<string, unknown>[] }).slips
    const beside = again.find(({ number }) => number === other.number)!
    if (JSON.stringify(beside.centre) !== JSON.stringify(shown.centre)) return `${String(shown.centre)} and ${String(beside.centre)} are two places`
    return JSON.stringify(shown).includes(String(slip.building_id)) && 'building_id' in shown ? 'names the building' : null
  } },
  { name: 'counts below three in the figures', run: async (office) => {
    const figures = (await ask(office, 'visitor_board_figures', { p_land: 1 }, 13)).body as { to: string; byCategory: { collected: number | null }[] }
    const small = figures.byCategory.find(({ collected }) => collected !== null && collected < 3)
    return small ? JSON.stringify(small) : /-01$/.test(figures.to) ? null : `up to ${figures.to}: not full months`
  } },
  { name: 'people and counts on the map', run: async (office) => {
    const map = (await ask(office, 'visitor_map', { p_land: 1 }, 13)).body as Record<string, Record<string, unknown>>
    const columns = Object.values(map).flatMap((value) => (value !== null && !Array.isArray(value) ? Object.keys(value) : []))
    return columns.find((name) => /household|resident|member|person|phone|count|status|note|address/i.test(name)) ?? found(JSON.stringify(map), ['张*', '某*', '王五', '李四'])
  } },
  { name: 'statements in filters, places and codes', run: (office) => {
    const bad = [`' or 1=1 --`, '1); drop table issues; --', '${7*7}', 'published,reported', '{"$ne":null}']
    return refusedAll(office, [
      ...bad.map((before): Asked => ['visitor_board', { p_land: 1, p_before: before }, 14]),
      ...bad.flatMap((value) => ['category', 'outcome', 'communityId'].map((field): Asked => ['visitor_board', { p_land: 1, p_filter: { [field]: value } }, 14])),
      ...bad.map((land): Asked => ['visitor_map', { p_land: land }, 15]),
      ...bad.map((code): Asked => ['visitor_board', { p_land: 1, p_filter: { category: [code] } }, 14]),
    ], ['issue_invalid', '22P02', 'refused'])
  } },
  { name: 'a slip by its number, its id or another key than the code', run: (office, { published }) =>
    refusedAll(office, [
      ['visitor_follow', { p_code: published.number }, 16], ['visitor_follow', { p_code: '1' }, 16],
      ['visitor_follow', { p_code: `${published.followCode}`, p_issue: 2 }, 16], ['visitor_follow', { p_issue: 2 }, 16],
      ['visitor_follow', { p_code: `${published.followCode}0` }, 16], ['visitor_follow', { p_code: published.followCode.slice(1) }, 16],
    ], ['code_unknown', 'PGRST202']) },
  { name: 'codes like a known one, and no codes at all: every wrong one alike', run: async (office, { published }) => {
    const { followCode } = published
    const near = [...followCode].slice(0, 8).map((sign, at) => followCode.slice(0, at) + (sign === 'A' ? 'B' : 'A') + followCode.slice(at + 1))
    const odd: unknown[] = ['', ' ', '-', '\u0000'.slice(1), '零零零零', 'x'.repeat(100_000), '%', '*', null, '1e400']
    const kinds = new Set<string>()
    for (const [at, code] of [...near, ...odd].entries()) {
      const { status, text } = await ask(office, 'visitor_follow', { p_code: code }, 20 + Math.floor(at / 6))
      kinds.add(`${status} ${text}`)
    }
    return kinds.size === 1 && [...kinds][0]!.includes('code_unknown') ? null : [...kinds].join(' | ')
  } },
  { name: 'guessing: a hundred codes at once from one address', run: async (office) => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => ask(office, 'visitor_follow', { p_code: `GUESS${String(n).padStart(11, '0')}` }, 30)))
    const passed = answers.filter(({ status }) => status !== 429).length
    const waits = answers.filter(({ status, headers }) => status === 429 && Number(headers['retry-after']) > 0).length
    return passed <= 10 && passed + waits === 100 ? null : `${passed} were tried`
  } },
  { name: 'acts on the slip of somebody else, by the own code', run: async (office, { officer, withdrawn, unpublished }) => {
    const before = JSON.stringify((await slipsOf(office, officer)).find(({ number }) => number === unpublished.number))
    const refused = await refusedAll(office, [
      ['visitor_rate', { p_code: withdrawn.followCode, p_satisfaction: 1, p_issue: 2 }, 32],
      ['visitor_withdraw', { p_code: unpublished.followCode.slice(0, 8) + withdrawn.followCode.slice(8) }, 32],
      ['visitor_withdraw', { p_code: withdrawn.followCode, p_number: unpublished.number }, 32],
    ], ['code_unknown', 'PGRST202'])
    const after = JSON.stringify((await slipsOf(office, officer)).find(({ number }) => number === unpublished.number))
    return refused ?? (before === after ? null : 'the slip was changed')
  } },
  { name: 'acts that the state does not allow, and marks beyond five', run: (office, { unpublished, published }) =>
    refusedAll(office, [
      ['visitor_withdraw', { p_code: unpublished.followCode }, 33], ['visitor_rate', { p_code: unpublished.followCode, p_satisfaction: 5 }, 33],
      ['visitor_reopen', { p_code: unpublished.followCode, p_note: '没有解决' }, 33], ['visitor_reopen', { p_code: published.followCode, p_note: ' ' }, 33],
      ...[0, 6, -1, null].map((mark): Asked => ['visitor_rate', { p_code: published.followCode, p_satisfaction: mark }, 33]),
      ['visitor_rate', { p_code: published.followCode, p_satisfaction: 5, p_note: '长'.repeat(1001) }, 34],
      ['visitor_rate', { p_code: published.followCode, p_satisfaction: 5.5 }, 34],
    ], ['issue_state', 'issue_open', 'note_missing', 'satisfaction_invalid', 'issue_invalid', '22P02']) },
  { name: 'words between colleagues, and who handles it, by the own code', run: async (office, { unpublished, published }) => {
    const answers = await Promise.all([unpublished, published].map(({ followCode }) => ask(office, 'visitor_follow', { p_code: followCode }, 35)))
    // What the reporter typed is shown to the reporter as it was.
    const [first, second] = answers.map(({ body }) => JSON.stringify({ ...(body as object), title: '', detail: '' }))
    if (!first!.includes('正在看')) return 'what is meant for the reporter is not there'
    return found(first! + second!, [SECRETS.hidden, SECRETS.internal, SECRETS.handler, SECRETS.resident, '13900000', 'handler', 'person', 'building', 'household', 'lngLat'])
  } },
  { name: 'a code after another took its place', run: async (office, { officer }) => {
    const key = '00000000-0000-4000-8000-00000000abcd'
    const [first, second] = [await ask(office, 'visitor_report', { ...slipOf('只有一条'), p_request_key: key }, 36), await ask(office, 'visitor_report', { ...slipOf('只有一条'), p_request_key: key }, 36)]
    const [one, two] = [first.body, second.body] as { number: string; followCode: string }[]
    if (one!.number !== two!.number) return `two slips: ${one!.number}, ${two!.number}`
    const opened = await Promise.all([one, two].map((handed) => ask(office, 'visitor_follow', { p_code: handed!.followCode }, 36)))
    const titled = (await slipsOf(office, officer)).filter(({ title }) => title === '只有一条').length
    return opened[0]!.status === 400 && opened[1]!.status === 200 && titled === 1 ? null : `${opened.map(({ status }) => status).join()}, ${titled} slips`
  } },
  { name: 'more in a slip than a visitor may say', run: async (office, { officer }) => {
    const { number } = await handIn(office, '想要更多', {
      householdId: 10, source: 'reception', state: 'published', level: 'district', outcome: 'solved', handlerId: '00000000-0000-4000-9000-000000000002', reportedAt: '2020-01-01',
      number: 'GZ-2026-9999', closedAt: '2026-01-01', satisfaction: 5, revision: 9, __proto__: { state: 'published' },
    }, 37)
    const slip = (await slipsOf(office, officer)).find((one) => one.number === number)!
    const { household_id, source, state, level, outcome, handler_id, satisfaction, revision } = slip
    const got = JSON.stringify([household_id, source, state, level, outcome, handler_id, satisfaction, revision])
    return got === '[null,"public","reported","grid",null,null,null,0]' && String(slip.reported_at) > '2026' ? null : got
  } },
  { name: 'slips that are none: no consent, no place, another street, no land, odd values', run: async (office, { officer }) => {
    const before = (await slipsOf(office, officer)).length
    const bad: object[] = [
      { consent: false }, { consent: 'true' }, { consent: undefined }, { lngLat: [117.7005, 36.2005] }, { lngLat: [0, 0] }, { lngLat: [1e308, 1e308] },
      { lngLat: ['117.6', '36.2'] }, { lngLat: null }, { lngLat: { lng: 117.6 } }, { landId: 2 }, { landId: 99 }, { landId: '1 or 1=1' }, { landId: 1.5 }, { landId: null },
      { category: 'x' }, { category: null }, { category: ['noise'] }, { title: '' }, { title: '\u200b\u200b\u200b' }, { title: 'x'.repeat(81) }, { title: {} },
      { detail: 'x'.repeat(2001) }, { detail: 7 }, { reporter: 'x' }, { reporter: { name: 'x'.repeat(41) } }, { reporter: { phone: 'javascript:alert(1)' } }, { reporter: [] },
    ]
    const calls = bad.map((more, at): Asked => ['visitor_report', slipOf('不该留下', more), 40 + Math.floor(at / 12)])
    const refused = await refusedAll(office, calls, ['consent_missing', 'place_outside', 'issue_invalid', 'land_unknown'])
    return refused ?? ((await slipsOf(office, officer)).length === before ? null : 'something was kept')
  } },
  { name: 'photos that are none, too many, too large, or tell a place', run: async (office, { officer }) => {
    const before = (await slipsOf(office, officer)).length
    for (const [at, [what, photos]] of BAD_PHOTOS.entries()) {
      const bad = await refusedAll(office, [['visitor_report', slipOf('不该留下', { photos }), 50 + Math.floor(at / 10)]], ['photo_invalid'])
      if (bad) return `${what}: ${bad}`
    }
    return (await slipsOf(office, officer)).length === before ? null : 'something was kept'
  } },
  { name: 'bodies too large, too deep, or no JSON', run: async (office) => {
    const deep = `{"p_slip":${'['.repeat(5000)}${']'.repeat(5000)}}`
    const large = JSON.stringify(slipOf('x', { photos: ['A'.repeat(2_200_000)] }))
    const statuses: number[] = []
    for (const [name, body] of [['visitor_report', deep], ['visitor_follow', `{"p_code":"${'A'.repeat(1_100_000)}"}`], ['visitor_report', '{"p_slip":'], ['visitor_report', '[]']] as const) {
      statuses.push((await ask(office, name, body, 60)).status)
    }
    // The server may hang up before the whole body came.
    statuses.push(await ask(office, 'visitor_report', large, 60).then(({ status }) => status, () => 413))
    return statuses.every((status) => status >= 400 && status < 500) ? null : statuses.join()
  } },
  { name: 'markup and formulas that run', run: async (office, { hostile }) => {
    const board = await ask(office, 'visitor_board', { p_land: 1, p_filter: { category: 'other' } }, 61)
    const slip = (board.body as { slips: { number: string; title: string; answer: string }[] }).slips.find(({ number }) => number === hostile.number)
    if (!slip?.title.startsWith('<img') || !slip.answer.startsWith('<script')) return 'the slip is not there, so nothing was tried'
    const { headers } = board
    const isText = String(headers['content-type']).startsWith('application/json') && headers['x-content-type-options'] === 'nosniff'
    return isText && String(headers['content-security-policy']).includes("default-src 'self'") ? null : `as ${String(headers['content-type'])}`
  } },
  { name: 'another schema, method, form or role', run: (office) =>
    refusedAll(office, [
      ['visitor_board', { p_land: 1 }, 62, { 'content-profile': 'private' }], ['visitor_board', { p_land: 1 }, 62, { accept: 'application/vnd.pgrst.plan+json' }],
      ['visitor_board', { p_land: 1 }, 62, { 'content-type': 'text/plain' }], ['visitor_board', { p_land: 1 }, 62, { authorization: 'Bearer x.y.z' }],
      ['visitor_board', { p_land: 1 }, 62, { apikey: 'sb_secret_wrong' }], ['board_answer', { p_issue: 2 }, 62], ['issue_photo', { p_photo: 1 }, 62],
    ], ['not_found', 'not_acceptable', 'not_json', 'PGRST301', 'PGRST303', 'bad_jwt', 'refused', 'wrong_key', '42501']) },
  { name: 'a slip taken from the board again', run: async (office, { officer, secretary, published }) => {
    await work(office, officer, published.number, [{ by: secretary, act: 'unpublish', input: { note: '内容需要核对' } }])
    const isThere = (await wholeBoard(office, {}, 63)).includes(published.number)
    await work(office, officer, published.number, [{ by: secretary, act: 'publish', input: { note: `已调解，${SECRETS.reporter}表示满意` } }])
    const after = await wholeBoard(office, {}, 63)
    if (isThere) return 'it is still there'
    return after.includes('已调解') && !after.includes(SECRETS.reporter) ? null : 'the words of publishing it are not there, or not masked'
  } },
  { name: 'a page that is shut', run: async (office, { officer, published }) => {
    const settings = (await rpc(office, officer, 'issue_settings', { p_org_unit: 2 })).body as object
    const save = async (isPublic: boolean, revision: number) => {
      const saved = await rpc(office, officer, 'save_setting', { p_org_unit: 2, p_key: 'issues', p_value: { ...settings, isPublic }, p_revision: revision })
      if (saved.status !== 200) throw new Error(`the setting was refused: ${JSON.stringify(saved.body)}`)
    }
    await save(false, 0)
    const shut = await refusedAll(office, [
      ...['visitor_map', 'visitor_board', 'visitor_board_figures'].map((name): Asked => [name, { p_land: 1 }, 64]), ['visitor_report', slipOf('进不去'), 64]], ['land_unknown'])
    const places = (await ask(office, 'visitor_places', {}, 64)).text
    const own = await ask(office, 'visitor_follow', { p_code: published.followCode }, 64)
    await save(true, 1)
    return shut ?? (places.includes('甲街道') ? 'the street is still listed' : own.status === 200 ? null : 'the reporter lost the own slip')
  } },
  { name: 'codes, names and telephones in the logs of the server', run: async ({ dataDir }, { published, unpublished }) => {
    const folder = join(dataDir, 'logs')
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('')
    if (!text.includes('visitor_report')) return 'nothing was logged, so nothing was tried'
    return found(text, [published.followCode, unpublished.followCode, SECRETS.phone, SECRETS.reporter, '127.0.0.10'])
  } },
  { name: 'flooding: a hundred slips from one address, and from many', run: async (office, { officer }) => {
    const ofVisitors = async () => (await slipsOf(office, officer)).filter(({ source }) => source === 'public').length
    const one = await Promise.all(Array.from({ length: 60 }, () => ask(office, 'visitor_report', slipOf('灌水'), 70)))
    const passed = one.filter(({ status }) => status === 200).length
    if (passed > 20) return `${passed} slips from one address`
    for (let address = 71; address < 77; address += 1) {
      for (let sent = 0; sent < 12; sent += 1) await ask(office, 'visitor_report', slipOf('灌水'), address)
    }
    const last = codeOf(await ask(office, 'visitor_report', slipOf('灌水'), 90))
    const kept = await ofVisitors()
    const honest = await rpc(office, officer, 'whoami')
    return kept === 60 && last === 'too_many_reports' && honest.status === 200 ? null : `${kept} slips kept, then ${last}`
  } },
]

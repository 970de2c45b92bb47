import { expect, it } from 'vitest'
import { onEachDatabase, type Persona } from './engines/with-databases'

interface Hit {
  kind: 'household' | 'member'
  id: number
  label: string
  detail: string
}

/** Households beside those of the fixture: two in building 1 of community 4, the rest in building 5 of community 5. */
const HOUSEHOLDS = [
  { id: 9001, building: 1, head: '王*', initials: 'wgml', address: '光明路10号', room: '101' },
  { id: 9002, building: 1, head: '王*', initials: 'wgml', address: '光明路2号', room: '101' },
  { id: 9003, building: 5, head: '赵*', initials: 'zwfj', address: '王府街1号', room: '102' },
  { id: 9004, building: 5, head: 'A*', initials: 'atower', address: 'Tower 5', room: 'B座101' },
  { id: 9005, building: 5, head: '钱*', initials: 'qbf', address: '百分路100%号', room: '_' },
]

onEachDatabase('search for people', ({ db, rolledBack, become }) => {
  const search = (persona: Persona, query: string | null, limit = 20): Promise<Hit[]> =>
    rolledBack(async () => {
      await db().query(
        `insert into public.households (id, community_id, building_id, room, address, sort_key, head_name_masked, initials, category, resident_count)
         select r.id, b.community_id, b.id, r.room, r.address, private.natural_key(r.address || ' ' || r.room), r.head, r.initials, 0, 1
         from jsonb_to_recordset($1::jsonb) as r(id int, building int, head text, initials text, address text, room text)
         join public.buildings b on b.id = r.building`,
        [JSON.stringify(HOUSEHOLDS)],
      )
      await become(persona)
      const [{ hits }] = await db().query<{ hits: Hit[] }>('select public.search_people($1, $2) as hits', [query, limit])
      return hits
    })
  /** Households alone: every member of the fixture is a 王*. */
  const ids = async (...asked: Parameters<typeof search>) =>
    (await search(...asked)).filter(({ kind }) => kind === 'household').map(({ id }) => id)

  it('puts an address that begins so before names that do, then natural order', async () => {
    expect(await ids('officer', '王')).toEqual([9003, 9002, 9001])
    expect(await ids('officer', '王*')).toEqual([9002, 9001])
    expect(await ids('officer', '光明路', 1)).toEqual([9002])
  })

  it('finds an address with the room behind it', async () => {
    expect(await ids('officer', '10号101')).toEqual([9001])
    expect(await ids('officer', '府街')).toEqual([9003])
  })

  it('minds no letter case, in names, initials, addresses and rooms', async () => {
    expect(await ids('officer', 'a*')).toEqual([9004])
    expect(await ids('officer', 'WGM')).toEqual([9002, 9001])
    expect(await ids('officer', 'tower 5b座')).toEqual([9004])
  })

  it('takes signs for what they are, and asks for something', async () => {
    expect(await ids('officer', '%')).toEqual([9005])
    expect(await ids('officer', '101_')).toEqual([])
    expect(await ids('officer', '  ')).toEqual([])
    expect(await ids('officer', null)).toEqual([])
  })

  it('finds members by name, initials and the address of their building, after households', async () => {
    const hits = await search('officer', '1号楼', 100)
    const kinds = hits.map(({ kind }) => kind)
    expect(kinds).toContain('member')
    expect(kinds.lastIndexOf('household')).toBeLessThan(kinds.indexOf('member'))
    expect((await search('officer', 'W', 100)).some(({ kind, label }) => kind === 'member' && label === '王*')).toBe(true)
  })

  it('shows nobody more than the territory', async () => {
    expect(await ids('secretary', '王')).toEqual([9002, 9001])
    expect(await ids('otherStreet', '王')).toEqual([])
    expect(await ids('anonymous', '王').catch((error: Error) => error.message)).toMatch(/permission denied/)
  })
})

import { expect, it } from 'vitest'
import { leaveWorld, openWorld } from './engines/fixture-worlds'

it('hands a database on as long as each leaves it as it was', async () => {
  const database = await openWorld('embedded', [])
  await database.script('begin; create table public.left_behind (id int); rollback')
  await leaveWorld(database, [])
  expect(await openWorld('embedded', [])).toBe(database)
  await database.script(`insert into public.org_units (level, code, name, initials) values ('district', '370100000000', '测试区', 'csq')`)
  await leaveWorld(database, [])
  await expect(database.query('select 1')).rejects.toThrow(/closed/)
})

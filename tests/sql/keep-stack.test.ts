import { expect, it } from 'vitest'
import { openPglite } from '../../supabase/local/database/open-pglite'

it('answers on the embedded engine after any number of refused statements', async () => {
  const database = await openPglite('memory://')
  const refusals = ['select 1 / 0', 'select * from nowhere', `do $$ begin raise exception 'no'; end $$`]
  // The engine as it comes gives up between 1,800 and 3,000.
  for (let n = 0; n < 4000; n++) {
    await database.query(refusals[n % refusals.length]).then(
      () => expect.unreachable(),
      (error: { code: string }) => expect(error.code, `after ${n}`).not.toBe('54001'),
    )
  }
  expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await database.close()
})

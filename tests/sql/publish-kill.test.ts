import { expect, it } from 'vitest'
import { killEmbeddedPublications, killNativePublications } from './engines/kill-publication'
import { describeOnNative } from './engines/on-engines'

/** A few here, at other moments each; `npm run bench -- publish` does twenty of each. */
const KILLS = { native: 4, embedded: 3 }
const SEED = 20261121

describeOnNative('a publication killed with its server', () => {
  it('leaves the old or the new edition whole', async () => {
    const { torn, ...whole } = await killNativePublications(KILLS.native, SEED)
    expect(torn).toEqual([])
    expect(whole.old + whole.new).toBe(KILLS.native)
  })
})

it('a publication killed with its process leaves the old or the new edition whole (embedded)', async () => {
  const { torn, ...whole } = await killEmbeddedPublications(KILLS.embedded, SEED)
  expect(torn).toEqual([])
  expect(whole.old + whole.new).toBe(KILLS.embedded)
})

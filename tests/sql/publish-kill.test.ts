import { expect, it } from 'vitest'
import { killEmbeddedPublications, killNativePublications } from './engines/kill-publication'
import { nativeAbsence } from './engines/native-cluster'

/** A few here, at other moments each; `npm run bench -- publish` does twenty of each. */
const KILLS = { native: 6, embedded: 4 }
const SEED = 20261121

const absence = nativeAbsence()
if (absence === null) {
  it('a publication killed with its server leaves the old or the new edition whole (native)', async () => {
    const { torn, ...whole } = await killNativePublications(KILLS.native, SEED)
    expect(torn).toEqual([])
    expect(whole.old + whole.new).toBe(KILLS.native)
  })
} else it.skip(`a publication killed with its server (native): could not run, ${absence}`, () => undefined)

it('a publication killed with its process leaves the old or the new edition whole (embedded)', async () => {
  const { torn, ...whole } = await killEmbeddedPublications(KILLS.embedded, SEED)
  expect(torn).toEqual([])
  expect(whole.old + whole.new).toBe(KILLS.embedded)
})

import { describe, expect, it } from 'vitest'
import { missingPackages } from '../../../supabase/local/set-up/install-packages.mjs'

const WANTED = {
  '': { version: '0.1.0' },
  'node_modules/vue': { version: '3.5.45' },
  'node_modules/vitest': { version: '4.1.11', dev: true },
  'node_modules/@rolldown/binding-win32-x64': { version: '1.2.19', optional: true },
  'node_modules/of-a-peer': { version: '1.0.0', devOptional: true },
}
const VUE = { 'node_modules/vue': { version: '3.5.45' } }

describe('packages to be installed', () => {
  it('are all that run the console where nothing is there', () => {
    expect(missingPackages(WANTED, {}, false)).toEqual(['node_modules/vue'])
  })

  it('are those of tests and checks too where these are to run', () => {
    expect(missingPackages(WANTED, {}, true)).toEqual(['node_modules/vue', 'node_modules/vitest'])
    expect(missingPackages(WANTED, VUE, true)).toEqual(['node_modules/vitest'])
  })

  it('are none where each stands in its version', () => {
    expect(missingPackages(WANTED, VUE, false)).toEqual([])
  })

  it('are those of another version', () => {
    expect(missingPackages(WANTED, { 'node_modules/vue': { version: '3.5.44' } }, false)).toEqual(['node_modules/vue'])
  })
})

import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

describe('imports', () => {
  it('keep to the matrix of the house, without cycles', () => {
    let output = ''
    try {
      output = execFileSync(
        'node_modules/.bin/depcruise',
        ['--config', 'tests/architecture/dependency-cruiser.cjs', '--output-type', 'err', 'src'],
        { encoding: 'utf8' },
      )
    } catch (error) {
      output = (error as { stdout: string }).stdout
    }
    expect(output).toContain('no dependency violations found')
  }, 120_000)
})

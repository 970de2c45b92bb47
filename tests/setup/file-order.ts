import { relative } from 'node:path'
import type { TestSequencer, TestSpecification, Vitest } from 'vitest/node'

/** Files that take longest of their suites: begun last, one of them would run alone at the end. */
const FIRST = ['tests/unit/seed/fill-database.test.ts', 'tests/unit/rooms/data-exchange/dry-run.test.ts']

/**
 * Runs the files of a suite in the same order on every machine: by path, but for a few long ones that are begun first. The
 * runner's own order goes by how long files took, and whether they failed, when they last ran here; where the files of a
 * suite share a process, another order is another test.
 */
export class FileOrder implements TestSequencer {
  private readonly runner: Vitest

  constructor(runner: Vitest) {
    this.runner = runner
  }

  sort(files: TestSpecification[]): TestSpecification[] {
    const ordered = files.map((file) => {
      const path = relative(this.runner.config.root, file.moduleId).replaceAll('\\', '/')
      return { file, key: `${file.project.name} ${FIRST.includes(path) ? 0 : 1} ${path}` }
    })
    return ordered.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ file }) => file)
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    const { index, count } = this.runner.config.shard ?? { index: 1, count: 1 }
    return this.sort(files).filter((_, at) => at % count === index - 1)
  }
}

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { listFiles } from '../data-directory/list-files'

/** Cached databases kept; each is a folder of 100–200 MB. */
const KEPT = 2

/**
 * Keeps copies of a freshly migrated and seeded database, which otherwise takes the first start most of its time. A
 * plain folder is copied in 0.4 s; unpacking a compressed dump of the same takes the engine 1.2 s more (measured at
 * 105 MB), and making one 2.4 s.
 */
export class SnapshotCache {
  constructor(
    readonly cacheDir: string,
    readonly key: string,
  ) {}

  get folder(): string {
    return join(this.cacheDir, `database-${this.key}`)
  }

  /** The folder to copy from, or `null`. */
  find(): string | null {
    return existsSync(join(this.folder, 'PG_VERSION')) ? this.folder : null
  }

  /** Stores what `copyTo` writes; a copy that breaks off is never found. */
  async store(copyTo: (folder: string) => Promise<void>): Promise<void> {
    mkdirSync(this.cacheDir, { recursive: true })
    const making = `${this.folder}.making-${process.pid}`
    try {
      await copyTo(making)
      rmSync(this.folder, { recursive: true, force: true })
      renameSync(making, this.folder)
    } finally {
      rmSync(making, { recursive: true, force: true })
    }
    this.#forgetOld()
  }

  #forgetOld(): void {
    const folders = readdirSync(this.cacheDir)
      .filter((name) => /^database-[0-9a-f]+(-demo|-empty)$/.test(name))
      .map((name) => ({ path: join(this.cacheDir, name), at: statSync(join(this.cacheDir, name)).ctimeMs }))
      .sort((a, b) => b.at - a.at)
    for (const { path } of folders.slice(KEPT)) rmSync(path, { recursive: true, force: true })
  }
}

/** What of the console the demo street is made with. */
const MAKES_STREET = [
  'algorithms/topology', 'algorithms/shared', 'core/grid-codes.ts', 'core/land-frame.ts', 'core/units.ts', 'core/assignment/assignment-scope.ts',
]

/** Names the state a fresh database has: it changes with every migration, the seed and the engine. */
export function snapshotKey(projectDir: string, seedDemo: boolean): string {
  const supabaseDir = join(projectDir, 'supabase')
  const hash = createHash('sha256')
  const files = [
    join(supabaseDir, 'local', 'bootstrap.sql'),
    ...listFiles(join(supabaseDir, 'migrations')),
    ...(seedDemo ? [join(supabaseDir, 'seed'), ...MAKES_STREET.map((path) => join(projectDir, 'src', path))].flatMap(filesOf) : []),
    ...['@electric-sql/pglite', '@electric-sql/pglite-postgis', '@supabase/lite'].map((name) =>
      join(projectDir, 'node_modules', name, 'package.json'),
    ),
  ]
  for (const file of files) {
    if (!existsSync(file)) continue
    hash.update(relative(projectDir, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return `${hash.digest('hex').slice(0, 16)}${seedDemo ? '-demo' : '-empty'}`
}

const filesOf = (path: string): string[] => (path.endsWith('.ts') ? [path] : listFiles(path))

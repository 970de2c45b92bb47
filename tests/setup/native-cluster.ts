import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres } from './find-programs.mjs'

export interface NativeCluster {
  /** Connection string of the superuser for a database of the cluster. */
  urlOf: (database: string) => string
  binDir: string
  /** Stops at once, without a checkpoint, as a power cut would; `start` recovers. */
  kill: () => void
  start: () => void
  remove: () => void
}

/**
 * Makes a throw-away native PostgreSQL on a free port of this machine, in a second.
 * @throws when no PostgreSQL with PostGIS is installed
 */
export async function makeNativeCluster(): Promise<NativeCluster> {
  const found = findPostgres()
  if (!found) throw new Error('expected an installed PostgreSQL with PostGIS, found none')
  const { binDir } = found
  const folder = mkdtempSync(join(tmpdir(), 'gewu-cluster-'))
  const port = await freePort()
  // The server refuses to run as root; the packages bring an account for it.
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    chownSync(folder, id('-u'), id('-g'))
  }
  const run = (program: string, ...words: string[]) => {
    const command = [join(binDir, program), ...words]
    const [file, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command
    execFileSync(file!, rest, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder })
  }
  const dataDir = join(folder, 'data')
  run('initdb', '-D', dataDir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8')
  const start = () =>
    run('pg_ctl', '-D', dataDir, '-w', '-l', join(folder, 'log'), '-o',
      `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c max_connections=60`, 'start')
  start()
  const kill = () => run('pg_ctl', '-D', dataDir, '-m', 'immediate', '-w', 'stop')
  return {
    urlOf: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    binDir,
    kill,
    start,
    remove: () => {
      try {
        kill()
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const stampFile = join(projectDir, 'node_modules', '.gewu-packages')

/**
 * Installs the packages of package-lock.json when they are missing or were installed from another one.
 * Ends the process when npm fails.
 * @param {(line: string) => void} say
 */
export function installPackages(say) {
  const stamp = createHash('sha256').update(readFileSync(join(projectDir, 'package-lock.json'))).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  if (matchesInstalled()) {
    writeFileSync(stampFile, stamp)
    return
  }
  say('installing packages (npm install)')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  // Not `npm ci`: it refuses the whole lock file when a registry lacks an optional package of some other system.
  // `npm install` takes the same versions from the lock file, which is put back as it was.
  const lockFile = join(projectDir, 'package-lock.json')
  const lock = readFileSync(lockFile)
  const { status, error } = spawnSync(npm, ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: projectDir,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  writeFileSync(lockFile, lock)
  if (status !== 0) {
    console.error(`Packages could not be installed${error ? ` (${error.message})` : ''}. Is the network there? Then: npm install`)
    process.exit(1)
  }
  writeFileSync(stampFile, stamp)
}

/**
 * Tells whether `npm install` has already put the packages of the lock file in place: it leaves its own record, with
 * the same versions. Optional packages of other systems are in the lock file only.
 */
function matchesInstalled() {
  try {
    const read = (path) => JSON.parse(readFileSync(join(projectDir, path), 'utf8')).packages
    const wanted = read('package-lock.json')
    const installed = read('node_modules/.package-lock.json')
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
    )
  } catch {
    return false
  }
}

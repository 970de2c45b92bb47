import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const stampFile = join(projectDir, 'node_modules', '.gewu-packages')

/** How often a waiting person hears how far the installation is. */
const PROGRESS_MS = 15_000

/**
 * Installs the packages of package-lock.json when they are missing or were installed from another one. The console runs
 * on a third of them; the others serve tests and checks, and stay where they already are.
 * Ends the process when npm fails.
 * @param {(line: string) => void} say
 * @param {{ isForTests?: boolean }} [use]
 */
export async function installPackages(say, { isForTests = false } = {}) {
  const hash = createHash('sha256').update(readFileSync(join(projectDir, 'package-lock.json'))).digest('hex')
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  if (stamp === `${hash} all` || (stamp === `${hash} run` && !isForTests)) return
  const wanted = readPackages('package-lock.json')
  const installed = readPackages('node_modules/.package-lock.json')
  const isAll = isForTests || Object.keys(installed).some((path) => wanted[path]?.dev && !wanted[path].optional)
  if (missingPackages(wanted, installed, isAll).length > 0) await runNpm(say, requiredPackages(wanted, isAll), isAll)
  writeFileSync(stampFile, `${hash} ${isAll ? 'all' : 'run'}`)
}

async function runNpm(say, paths, isAll) {
  say(`installing ${paths.length} packages (npm install); the first time this takes some minutes`)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  // Not `npm ci`: it refuses the whole lock file when a registry lacks an optional package of some other system.
  // `npm install` takes the same versions from the lock file, which is put back as it was.
  const lockFile = join(projectDir, 'package-lock.json')
  const lock = readFileSync(lockFile)
  // No package needs its own scripts; one that the console never calls would compile C++ for minutes.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...(isAll ? [] : ['--omit=dev'])]
  const progress = setInterval(() => {
    const count = paths.filter((path) => existsSync(join(projectDir, path, 'package.json'))).length
    say(`${count} of ${paths.length} packages are here`)
  }, PROGRESS_MS)
  const { status, message } = await new Promise((resolve) => {
    const child = spawn(npm, ['install', ...options], {
      cwd: projectDir,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    })
    child.once('error', (error) => resolve({ status: null, message: error.message }))
    child.once('exit', (code) => resolve({ status: code, message: '' }))
  })
  clearInterval(progress)
  writeFileSync(lockFile, lock)
  if (status === 0) return
  console.error(`Packages could not be installed${message ? ` (${message})` : ''}. Is the network there? Then: npm install`)
  process.exit(1)
}

/** Packages by path as a lock file of npm lists them; none where there is no such file. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(projectDir, path), 'utf8')).packages
  } catch {
    return {}
  }
}

/** Paths of the packages to be installed; optional ones, of other systems for the most part, are npm's own business. */
function requiredPackages(wanted, isAll) {
  return Object.keys(wanted).filter((path) => {
    const { optional, devOptional, dev } = wanted[path]
    return path !== '' && !optional && !devOptional && (isAll || !dev)
  })
}

/**
 * Paths of the packages that are not in place in the wanted version: `npm install` leaves a record of what it installed.
 * @param {Record<string, { version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }>} wanted
 * @param {Record<string, { version?: string }>} installed
 * @param {boolean} isAll whether those for tests count too
 */
export function missingPackages(wanted, installed, isAll) {
  return requiredPackages(wanted, isAll).filter((path) => installed[path]?.version !== wanted[path].version)
}

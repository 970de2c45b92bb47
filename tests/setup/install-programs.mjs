import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { findChromium, findPostgres, hasChineseFont, searchPath } from './find-programs.mjs'

const ON_MAC = {
  chromium: 'brew install --cask chromium',
  postgres: 'brew install postgresql postgis pgtap',
  pgRouting: 'brew install pgrouting',
  font: null,
}
const ELSEWHERE = {
  chromium: 'install Chromium or Chrome, or set CHROMIUM_PATH',
  postgres: 'install PostgreSQL 15 or newer with PostGIS and pgTAP, or set PG_BIN to its bin folder',
  pgRouting: 'install pgRouting for that PostgreSQL',
  font: 'install a font for Chinese (Noto Sans CJK)',
}

/**
 * Installs what the tests use beside npm packages, on Debian or Ubuntu as root; elsewhere changes nothing.
 * @param {(line: string) => void} say
 * @returns {{ chromium: string | null, postgres: string | null, pgRouting: string | null, font: string | null }} for each
 * program that is not there the command that would bring it; `null` when it is there
 */
export function installPrograms(say) {
  const lacking = missingPrograms()
  if (lacking.length > 0) installPackages(say, ...lacking.map(debianPackages))
  const commands = isDebian()
    ? (program) => `sudo apt-get install ${debianPackages(program).join(' ')}`
    : (program) => (process.platform === 'darwin' ? ON_MAC : ELSEWHERE)[program]
  const still = new Set(missingPrograms())
  const answer = (program) => (still.has(program) ? commands(program) : null)
  return { chromium: answer('chromium'), postgres: answer('postgres'), pgRouting: answer('pgRouting'), font: answer('font') }
}

/**
 * Installs packages on Debian or Ubuntu as root, group after group; elsewhere changes nothing.
 * @param {(line: string) => void} say
 * @param {...string[]} groups
 */
export function installPackages(say, ...groups) {
  if (!isDebian() || process.getuid?.() !== 0) return
  apt(say, ['update', '-qq'])
  for (const packages of groups) apt(say, ['install', '-y', '-qq', '--no-install-recommends', ...packages])
}

function isDebian() {
  return existsSync('/etc/debian_version') && searchPath(['apt-get']) !== null
}

function missingPrograms() {
  const postgres = findPostgres()
  return [
    ...(findChromium() === null ? ['chromium'] : []),
    ...(postgres === null || postgres.missing.length > 0 ? ['postgres'] : []),
    ...(postgres?.hasPgRouting ? [] : ['pgRouting']),
    ...(hasChineseFont() === false ? ['font'] : []),
  ]
}

function debianPackages(program) {
  if (program === 'chromium') return ['chromium']
  if (program === 'font') return ['fonts-noto-cjk', 'fontconfig']
  const version = newestPostgresOfDistribution()
  if (program === 'pgRouting') return [`postgresql-${version}-pgrouting`]
  return [`postgresql-${version}`, `postgresql-${version}-postgis-3`, `postgresql-${version}-pgtap`]
}

/** The newest PostgreSQL for which the distribution has PostGIS; Debian 12 has 15. */
function newestPostgresOfDistribution() {
  const { stdout } = spawnSync('apt-cache', ['search', '--names-only', '^postgresql-[0-9]+-postgis-3$'], { encoding: 'utf8' })
  const versions = [...(stdout ?? '').matchAll(/^postgresql-(\d+)-postgis-3 /gm)].map((match) => Number(match[1]))
  return versions.length > 0 ? Math.max(...versions) : defaultVersion()
}

function defaultVersion() {
  return /^VERSION_ID="(\d+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] === '13' ? 17 : 15
}

function apt(say, words) {
  say(`apt-get ${words.join(' ')}`)
  const { status, stderr } = spawnSync('apt-get', words, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0) say(`apt-get failed: ${(stderr ?? '').trim().split('\n').slice(-2).join(' ')}`)
}

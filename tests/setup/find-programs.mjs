import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']

const BROWSER_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Finds an installed Chromium or Chrome: CHROMIUM_PATH, the search path, the usual places; `null` without one. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) return isProgram(named) ? named : null
  return searchPath(BROWSERS) ?? BROWSER_PLACES.find(isProgram) ?? null
}

/**
 * Finds the newest native PostgreSQL that has PostGIS and pgTAP: PG_BIN, Debian's folders, the search path.
 * @returns {{ binDir: string, missing: string[], hasPgRouting: boolean } | null} `missing` names absent extensions, but not
 * pgRouting, which only walks are compared with; `null` without a server
 */
export function findPostgres() {
  const debian = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)).map((v) => `/usr/lib/postgresql/${v}/bin`)
    : []
  const onPath = searchPath(['pg_config'])
  const fromPath = onPath ? [execFileSync(onPath, ['--bindir'], { encoding: 'utf8' }).trim()] : []
  const folders = process.env.PG_BIN ? [process.env.PG_BIN] : [...debian, ...fromPath]
  const servers = folders
    .filter((binDir) => ['initdb', 'pg_ctl', 'postgres'].every((name) => isProgram(join(binDir, name))))
    .map((binDir) => ({
      binDir,
      missing: ['postgis', 'ltree', 'pgcrypto', 'pg_trgm', 'pgtap'].filter((n) => !hasExtension(binDir, n)),
      hasPgRouting: hasExtension(binDir, 'pgrouting'),
    }))
  return servers.find(({ missing }) => missing.length === 0) ?? servers[0] ?? null
}

function hasExtension(binDir, name) {
  const version = /postgresql\/(\d+)\//.exec(binDir)?.[1]
  const config = join(binDir, 'pg_config')
  const shareDir = version
    ? `/usr/share/postgresql/${version}`
    : isProgram(config)
      ? execFileSync(config, ['--sharedir'], { encoding: 'utf8' }).trim()
      : join(binDir, '..', 'share')
  return existsSync(join(shareDir, 'extension', `${name}.control`))
}

/** Tells whether a font for Chinese is installed; `null` where nobody can be asked. */
export function hasChineseFont() {
  const fontList = searchPath(['fc-list'])
  if (!fontList) return process.platform === 'linux' ? false : null
  return execFileSync(fontList, [':lang=zh-cn'], { encoding: 'utf8' }).trim() !== ''
}

export function searchPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const name of names) {
    for (const folder of folders) {
      for (const file of process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name]) {
        if (isProgram(join(folder, file))) return join(folder, file)
      }
    }
  }
  return null
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

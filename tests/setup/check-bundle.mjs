// Builds the pages if their sources changed and holds their size to the limits below. Exits with 1 beyond them.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { register } from 'tsx/esm/api'

/**
 * What a phone loads before it shows the sign-in page, and everything together: gzip, kilobytes. A room is loaded when somebody
 * enters it, so a new one adds to the second only: that of assignment, with its solvers and papers, 190; that of issues, with heat, hot
 * spots and pages for residents, 135; that of patrols, with planner, matcher, recorder and papers, 175; those of coverage, with walks, siting and
 * stations, and of the overview, 250.
 */
const MAX_FIRST_KB = 620
const MAX_ALL_KB = 2600

register()
const { buildPages } = await import('../../supabase/local/set-up/build-pages.ts')
const { PROJECT_DIR } = await import('../../supabase/local/settings.ts')
await buildPages(console.log)

const dist = join(PROJECT_DIR, 'dist')
const files = readdirSync(dist, { recursive: true })
  .map((name) => join(dist, name))
  .filter((file) => statSync(file).isFile() && ['.js', '.css', '.html'].includes(extname(file)))
const sizeKb = new Map(files.map((file) => [relative(dist, file).replaceAll('\\', '/'), gzipSync(readFileSync(file)).length / 1024]))
const page = readFileSync(join(dist, 'index.html'), 'utf8')
const first = [...sizeKb].filter(([name]) => name === 'index.html' || page.includes(name))
const sum = (entries) => entries.reduce((total, [, kb]) => total + kb, 0)

for (const [name, kb] of [...sizeKb].sort((a, b) => b[1] - a[1]).slice(0, 15)) console.log(`${kb.toFixed(0).padStart(6)} KB  ${name}`)
const firstKb = sum(first)
const allKb = sum([...sizeKb])
console.log(`first page ${firstKb.toFixed(0)} KB of at most ${MAX_FIRST_KB}; all ${allKb.toFixed(0)} KB of at most ${MAX_ALL_KB} (gzip)`)
process.exit(firstKb > MAX_FIRST_KB || allKb > MAX_ALL_KB ? 1 : 0)

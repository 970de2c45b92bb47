import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Lists the files of a folder and its folders, sorted by path. */
export function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? listFiles(path) : [path]
    })
    .sort()
}

export function findChromium(): string | null
export function findPostgres(): { binDir: string; missing: string[]; hasPgRouting: boolean } | null
export function hasChineseFont(): boolean | null
export function searchPath(names: readonly string[]): string | null

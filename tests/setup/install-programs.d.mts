export function installPackages(say: (line: string) => void, ...groups: readonly string[][]): void

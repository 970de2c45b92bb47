interface LockedPackage {
  version?: string
  dev?: boolean
  optional?: boolean
  devOptional?: boolean
}

export function installPackages(say: (line: string) => void, use?: { isForTests?: boolean }): Promise<void>
export function missingPackages(
  wanted: Readonly<Record<string, LockedPackage>>,
  installed: Readonly<Record<string, { version?: string }>>,
  isAll: boolean,
): string[]

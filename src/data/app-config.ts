/** What the server of the page says of itself: demo accounts, and the public key of its interface. */
export interface AppConfig {
  readonly demo: boolean
  readonly anonKey: string | null
  readonly accounts: readonly DemoAccount[]
}

export interface DemoAccount {
  readonly role: string
  readonly name: string
  readonly orgName: string
  readonly email: string
  readonly password: string
}

const NONE: AppConfig = { demo: false, anonKey: null, accounts: [] }

/** Settings beside the page; a hosted console has no such file, which is no error. */
export async function loadAppConfig(): Promise<AppConfig> {
  try {
    const response = await fetch(new URL('app-config.json', document.baseURI))
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) return NONE
    const body = (await response.json()) as Partial<AppConfig>
    return { demo: body.demo === true, anonKey: body.anonKey ?? null, accounts: body.accounts ?? [] }
  } catch {
    return NONE
  }
}

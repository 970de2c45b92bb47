import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { AppConfig } from './app-config'

/** Where the browser keeps the token. */
export const SESSION_STORAGE_KEY = 'gewu.session'

let made: SupabaseClient | null = null

/**
 * Make the one client of the console. Address and key come from the build's environment (hosted or self-hosted
 * Supabase) or from the server of the page (embedded backend); nothing else differs between them.
 */
export function makeClient(config: AppConfig): SupabaseClient {
  const url = import.meta.env.VITE_SUPABASE_URL ?? location.origin
  const key = import.meta.env.VITE_SUPABASE_ANON_KEY ?? config.anonKey ?? 'anonymous'
  made = createClient(url as string, key as string, {
    auth: { persistSession: true, autoRefreshToken: true, detectSessionInUrl: false, storageKey: SESSION_STORAGE_KEY },
  })
  return made
}

/** The client; throws before `makeClient`. */
export function client(): SupabaseClient {
  if (!made) throw new Error('Expected makeClient() at boot, got no client')
  return made
}

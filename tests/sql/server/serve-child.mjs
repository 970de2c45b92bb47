// A server in a process of its own, for tests that kill it: prints one line of JSON when it answers requests.
import { register } from 'tsx/esm/api'

register()
const { serve } = await import('../../../supabase/local/serve.ts')
const { officeSettings } = await import('./open-office.ts')
const [dataDir, databaseUrl] = process.argv.slice(2)
const server = await serve({
  ...officeSettings(dataDir),
  databaseUrl: databaseUrl || null,
  say: () => {},
  onFatal: (reason) => {
    console.error(reason)
    process.exit(1)
  },
})
console.log(JSON.stringify({ url: server.url, anonKey: server.anonKey }))
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))

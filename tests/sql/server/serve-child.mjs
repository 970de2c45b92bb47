// A server in a process of its own, for tests that kill it: prints one line of JSON when it answers requests. It makes a
// backup for every line it is sent, and prints the file when that is done. Arguments: data folder, database or '',
// folder of backups.
import { createInterface } from 'node:readline'
import { register } from 'tsx/esm/api'

register()
const { serve } = await import('../../../supabase/local/serve.ts')
const { officeSettings } = await import('./open-office.ts')
const [dataDir, databaseUrl, backupDir] = process.argv.slice(2)
const server = await serve({
  ...officeSettings(dataDir),
  databaseUrl: databaseUrl || null,
  backups: { folder: backupDir, everyHours: 24, kept: 1000 },
  say: () => {},
  onFatal: (reason) => {
    console.error(reason)
    process.exit(1)
  },
})
console.log(JSON.stringify({ url: server.url, anonKey: server.anonKey }))
createInterface({ input: process.stdin }).on('line', () => {
  server.backups.makeNow().then((file) => console.log(JSON.stringify({ backup: file })), (error) => console.error(error.message))
})
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))

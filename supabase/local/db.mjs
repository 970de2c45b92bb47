#!/usr/bin/env node
// npm run db -- reset | backup FILE | verify FILE | restore FILE [--yes]
import { checkNode } from './set-up/check-node.mjs'
import { installPackages } from './set-up/install-packages.mjs'

checkNode()
// A backup made for a server ends with it.
if (process.channel) {
  process.once('disconnect', () => process.exit(1))
  process.channel.unref()
}
await installPackages((line) => console.log(line))
const { register } = await import('tsx/esm/api')
register()
const { runDatabaseCommand } = await import('./database-command.ts')
process.exitCode = await runDatabaseCommand(process.argv.slice(2))

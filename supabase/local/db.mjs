#!/usr/bin/env node
// npm run db -- reset | backup FILE | restore FILE [--yes]
import { checkNode } from './set-up/check-node.mjs'
import { installPackages } from './set-up/install-packages.mjs'

checkNode()
installPackages((line) => console.log(line))
const { register } = await import('tsx/esm/api')
register()
const { runDatabaseCommand } = await import('./database-command.ts')
process.exitCode = await runDatabaseCommand(process.argv.slice(2))

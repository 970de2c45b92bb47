#!/usr/bin/env node
// npm start and npm run dev. Plain JavaScript without packages: on a fresh clone nothing else can run yet.
import { checkNode } from './set-up/check-node.mjs'
import { installPackages } from './set-up/install-packages.mjs'

const startedAt = Date.now()
checkNode()
await installPackages((line) => console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`))
const { register } = await import('tsx/esm/api')
register()
const { start } = await import('./start.ts')
await start(startedAt)

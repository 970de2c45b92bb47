#!/usr/bin/env node
// Writes src/data/database.types.ts from a native database with all migrations. `npm run types`
import { writeFileSync } from 'node:fs'
import { register } from 'tsx/esm/api'

register()
const { generateTypes, TYPES_FILE } = await import('./engines/generate-types.ts')
writeFileSync(TYPES_FILE, await generateTypes())
console.log(`written: ${TYPES_FILE}`)

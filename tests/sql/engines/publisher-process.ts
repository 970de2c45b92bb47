// Opens an embedded database, reads how the publication before ended, makes a draft, writes both down, and publishes
// until it is killed. Arguments: data folder, land id, file to write when ready, account, plan published before or ''.
import { renameSync, writeFileSync } from 'node:fs'
import { openEmbeddedDatabase } from './embedded-database'
import { openDraft, readState, signIn } from './publication-state'

const [data, land, marker, account, formerPlan] = process.argv.slice(2)
const db = await openEmbeddedDatabase(data)
await signIn(db, account)
const former = formerPlan === '' ? null : await readState(db, Number(land), formerPlan)
const plan = await openDraft(db, Number(land))
const before = await readState(db, Number(land), plan)
// Renamed into place, so that nobody reads half of it.
writeFileSync(`${marker}.new`, JSON.stringify({ former, plan, before }))
renameSync(`${marker}.new`, marker)
await db.query('select public.publish_plan($1, 1, null)', [plan])
writeFileSync(`${marker}.answered`, '')
// Confirmed but not closed: it waits to be killed, and what it confirmed must be there.
setInterval(() => undefined, 1000)

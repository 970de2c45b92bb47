// A worker thread has module hooks of its own: TypeScript is registered here before the real entry is read.
import { register } from 'tsx/esm/api'

register()
await import('./database-worker.ts')

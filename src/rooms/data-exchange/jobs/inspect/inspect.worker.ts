import { exposeJob } from '@/jobs/expose-job'
import { inspectJob } from './inspect-job'

exposeJob(inspectJob)

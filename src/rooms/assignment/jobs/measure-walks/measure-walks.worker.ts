import { exposeJob } from '@/jobs/expose-job'
import { measureWalksJob } from './measure-walks-job'

exposeJob(measureWalksJob)

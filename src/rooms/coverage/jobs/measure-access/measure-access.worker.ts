import { exposeJob } from '@/jobs/expose-job'
import { measureAccessJob } from './measure-access-job'

exposeJob(measureAccessJob)

import { exposeJob } from '@/jobs/expose-job'
import { changeRunJob } from './change-run-job'

exposeJob(changeRunJob)

import { exposeJob } from '@/jobs/expose-job'
import { solveSitingJob } from './solve-siting-job'

exposeJob(solveSitingJob)

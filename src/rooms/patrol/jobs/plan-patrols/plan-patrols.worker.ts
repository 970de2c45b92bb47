import { exposeJob } from '@/jobs/expose-job'
import { planPatrolsJob } from './plan-patrols-job'

exposeJob(planPatrolsJob)

import { exposeJob } from '@/jobs/expose-job'
import { repairGridsJob } from './repair-grids-job'

exposeJob(repairGridsJob)

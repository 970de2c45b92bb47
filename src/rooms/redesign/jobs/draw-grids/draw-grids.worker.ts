import { exposeJob } from '@/jobs/expose-job'
import { drawGridsJob } from './draw-grids-job'

exposeJob(drawGridsJob)

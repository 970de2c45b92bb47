import { exposeJob } from '@/jobs/expose-job'
import { certifyGridsJob } from './certify-grids-job'

exposeJob(certifyGridsJob)

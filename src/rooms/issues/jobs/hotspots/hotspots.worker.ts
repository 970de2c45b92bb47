import { exposeJob } from '@/jobs/expose-job'
import { hotspotsJob } from './hotspots-job'

exposeJob(hotspotsJob)

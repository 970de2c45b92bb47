import { exposeJob } from '@/jobs/expose-job'
import { measureSitesJob } from './measure-sites-job'

exposeJob(measureSitesJob)

import { exposeJob } from '@/jobs/expose-job'
import { dryRunJob } from './dry-run-job'

exposeJob(dryRunJob)

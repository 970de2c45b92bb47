import { exposeJob } from '@/jobs/expose-job'
import { matchTracksJob } from './match-tracks-job'

exposeJob(matchTracksJob)

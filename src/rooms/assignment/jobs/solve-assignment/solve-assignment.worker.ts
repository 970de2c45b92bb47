import { exposeJob } from '@/jobs/expose-job'
import { solveAssignmentJob } from './solve-assignment-job'

exposeJob(solveAssignmentJob)

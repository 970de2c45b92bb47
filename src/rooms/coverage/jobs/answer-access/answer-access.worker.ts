import { exposeJob } from '@/jobs/expose-job'
import { answerAccessJob } from './answer-access-job'

exposeJob(answerAccessJob)

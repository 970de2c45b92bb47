import { exposeJob } from '../expose-job'
import { cutLandJob } from './cut-land-job'

exposeJob(cutLandJob)

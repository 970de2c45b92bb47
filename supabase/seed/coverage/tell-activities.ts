import type { StationActivity } from '@/core/coverage/coverage-scope'
import { Random } from '../random'
import type { StationData } from '../street-data'

/** An activity at a station, by position in the list of stations. */
export interface ActivityData extends Omit<StationActivity, 'id'> {
  readonly station: number
}

type Draft = Omit<ActivityData, 'station' | 'weekdays'> & { readonly days: readonly number[] }

/** Day 0 is Monday. */
const AT_CENTRE: readonly Draft[] = [
  { title: '法律咨询', days: [2], fromMinute: 540, toMinute: 690, place: '一楼调解室', seats: 0 },
  { title: '智能手机课堂', days: [1, 3], fromMinute: 570, toMinute: 660, place: '二楼多功能厅', seats: 40 },
  { title: '会议室预约', days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 480, toMinute: 1200, place: '三楼会议室', seats: 30 },
  { title: '夜校：剪纸', days: [4], fromMinute: 1110, toMinute: 1200, place: '二楼教室', seats: 24 },
]
const AT_STATIONS: readonly Draft[] = [
  { title: '义诊', days: [5], fromMinute: 540, toMinute: 660, place: '活动室', seats: 0 },
  { title: '书法班', days: [1], fromMinute: 870, toMinute: 960, place: '书画室', seats: 20 },
  { title: '合唱队排练', days: [3], fromMinute: 900, toMinute: 990, place: '活动室', seats: 35 },
  { title: '四点半课堂', days: [0, 1, 2, 3, 4], fromMinute: 990, toMinute: 1050, place: '阅览室', seats: 25 },
  { title: '书记接待日', days: [2], fromMinute: 540, toMinute: 660, place: '接待室', seats: 0 },
]

/** What goes on at the street centre and at the stations of the communities: all of it at the centre, two or three at a station. */
export function tellActivities(stations: readonly StationData[], seed: string): ActivityData[] {
  const random = new Random(`${seed}/activities`)
  return stations.flatMap(({ level }, station) => {
    const drafts = level === 'street_centre' ? AT_CENTRE : level === 'community_station' ? random.shuffled(AT_STATIONS).slice(0, random.integer(2, 3)) : []
    return drafts.map(({ days, ...draft }) => ({ ...draft, station, weekdays: Array.from({ length: 7 }, (_, day) => days.includes(day)) }))
  })
}

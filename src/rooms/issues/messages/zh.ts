import { figuresZh } from './words-figures-zh'
import { slipZh } from './words-slip-zh'
import { visitorZh } from './words-visitor-zh'
import { heatZh } from './words-heat-zh'
import { workZh } from './words-work-zh'

/** Words of the room in Chinese. Same keys as `en.ts`; a test compares them. Parts stand in files of their own beside it. */
export const zh = {
  title: '诉求',
  heading: '诉求',
  purpose: '接单、认领、督办、公示，逐件销号。',
  failed: '没有做成：{reason}',
  loading: '正在读取诉求…',
  streetFailed: '没能读取街道数据。请在地图上点“重试”。',
  noStreet: {
    title: '还没有街道',
    hint: '先由街道或区里在“数据”中导入边界和楼栋。导入后，诉求在这里登记和办理。',
  },
  tab: { work: '办理', heat: '热力', figures: '统计' },
  drawer: { time: '时间', ledger: '台账', compare: '对比' },
  panel: { aside: '{n} 件 · {period}', count: '{n} 件' },
  period: { days: '近 {n} 天', own: '自定时段' },
  inspect: { none: '找不到所选的诉求', close: '关闭', loading: '正在读取…', number: '编号 {number}', level: '{level}级', due: '期限 {date}', satisfaction: '满意度 {n}/5' },
  command: {
    report: '登记诉求', reception: '接待日批量登记', settings: '办理期限', nextMine: '下一件轮到我的', mine: '只看轮到我的', overdue: '只看逾期', unpublished: '只看未公示', clearFilter: '清除筛选',
    disabled: { no_filter: '没有筛选', no_cells: '没有按格显示的热力', no_steps: '时段里没有可播放的步', no_permission: '没有这项权限', nothing_waits: '没有轮到您的' },
  },
  keys: { group: { work: '诉求：办理', find: '诉求：查找' } },
  ...workZh,
  ...heatZh,
  ...figuresZh,
  ...visitorZh,
  ...slipZh,
}

import { coverageZh } from './words-coverage-zh'
import { walksZh } from './words-walks-zh'
import { errorZh } from './words-error-zh'
import { phoneZh } from './words-phone-zh'
import { settingsZh } from './words-settings-zh'
import { planZh } from './words-plan-zh'
import { streetsZh } from './words-streets-zh'

/** Words of the room in Chinese. Same keys as `en.ts`; a test compares them. Parts stand in files of their own beside it. */
export const zh = {
  title: '巡查',
  heading: '巡查',
  purpose: '排路线、看覆盖、补漏巡，每条街都走到。',
  failed: '没有做成：{reason}',
  loading: '正在读取巡查…',
  readFailed: '没能读取巡查数据。请稍后再试。',
  streetFailed: '没能读取街道数据。请在地图上点“重试”。',
  noStreet: {
    title: '还没有街道',
    hint: '先由街道或区里在“数据”中导入边界、楼栋和道路。导入后，在这里排巡查路线、看覆盖。',
  },
  tab: { plan: '计划', streets: '道路', coverage: '覆盖', walks: '轨迹' },
  drawer: { routes: '路线', missed: '漏巡', time: '时间' },
  command: {
    newPlan: '新建巡查方案', undo: '撤销', redo: '重做', save: '保存草案',
    disabled: { no_permission: '没有这项权限', nothing_to_undo: '没有可撤销的', nothing_to_redo: '没有可重做的', nothing_to_save: '没有未保存的草案' },
  },
  keys: { group: { plan: '巡查：方案' } },
  ...planZh,
  ...settingsZh,
  ...streetsZh,
  ...phoneZh,
  ...errorZh,
  ...walksZh,
  ...coverageZh,
}

import { chainZh } from './words-chain-zh'
import { gapsZh } from './words-gaps-zh'
import { mapZh } from './words-map-zh'
import { sitingZh } from './words-siting-zh'

/** Words of the room in Chinese. Same keys as `en.ts`; a test compares them. Parts stand in files of their own beside it. */
export const zh = {
  title: '盲区',
  heading: '服务盲区',
  purpose: '哪些户没有服务到，为什么，由谁去补。',
  failed: '没有做成：{reason}',
  loading: '正在读取服务覆盖…',
  readFailed: '没能读取服务覆盖：{reason}',
  readFailedOld: '没能刷新，显示的是刚才的数据：{reason}',
  retry: '重试',
  streetFailed: '没能读取街道数据。请在地图上点“重试”。',
  noStreet: {
    title: '还没有街道',
    hint: '先由街道或区里在“数据”中导入边界、楼栋和道路。导入后，在这里看服务盲区。',
  },
  tab: { gaps: '盲区', access: '步行', siting: '选址', chain: '阵地' },
  drawer: { table: '按社区与主因', list: '盲区名单', trend: '趋势', scenarios: '选址方案' },
  command: { gaps: '看服务盲区', access: '看步行可达', siting: '为站点选址', chain: '看五级阵地' },
  keys: { group: '盲区' },
  ...chainZh,
  ...gapsZh,
  ...mapZh,
  ...sitingZh,
}

import { chainZh } from './words-chain-zh'
import { mapZh } from './words-map-zh'
import { ownZh } from './words-own-zh'
import { papersZh } from './words-papers-zh'

/** Words of the room in Chinese. Same keys as `en.ts`; a test compares them. Parts stand in files of their own beside it. */
export const zh = {
  title: '包联',
  heading: '包联分配',
  purpose: '按步行距离，把每一户落到一名党员。',
  failed: '没有做成：{reason}',
  loading: '正在读取包联…',
  streetFailed: '没能读取街道数据。请在地图上点“重试”。',
  noStreet: {
    title: '还没有街道可以分配',
    hint: '先由街道或区里在“数据”中导入边界、楼栋和户。导入后，在这里把每一户分给一名党员。',
  },
  tab: { assign: '分派', chain: '链条', papers: '纸面' },
  drawer: { members: '党员', exceptions: '例外', histogram: '负载', matrix: '楼栋', compare: '对比现行', history: '历史' },
  history: { undoWhat: '撤销：{what}', redoWhat: '重做：{what}', undoNone: '没有可撤销的', redoNone: '没有可重做的' },
  note: { other: '一次编辑' },
  map: mapZh,
  chain: chainZh,
  papers: papersZh,
  own: ownZh,
}

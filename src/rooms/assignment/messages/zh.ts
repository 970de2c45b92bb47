import { chainZh } from './words-chain-zh'
import { mapZh } from './words-map-zh'
import { ownZh } from './words-own-zh'
import { papersZh } from './words-papers-zh'
import { planZh } from './words-plan-zh'
import { serverNotesZh } from './words-server-zh'
import { solveNotesZh, solveZh } from './words-solve-zh'

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
  ...planZh,
  ...solveZh,
  listComma: '、',
  gone: '找不到所选的户或党员。它可能属于另一个街道。',
  nobody: '无人',
  memberNumber: '党员 {id}',
  readFailed: '没能读取包联数据。',
  finding: {
    title: '例外',
    none: '没有须先处理的',
    errors: '{n} 类须先处理',
    locate: '定位',
    kind: mapZh.exception.kind,
    code: {
      household_unserved: '{community}：{households} 户无人包联',
      tie_other_community: '{member}：{households} 户在别的社区',
      member_exempt_carries: '{member}已免除或体弱，名下还有 {households} 户',
      tie_excluded: '{member}：{households} 户应回避',
      member_above_max: '{member}：{households} 户，上限 {max} 户',
      member_below_min: '{member}：{households} 户，下限 {min} 户',
      member_below_min_buildings: '{member}：{buildings} 栋，下限 {min} 栋',
      special_without_committee: '{community}：{households} 户重点户不在班子成员名下',
      frail_without_carer: '{community}：{members} 名体弱党员无人照看',
      care_above_max: '{member}：照看 {members} 名，上限 {max} 名',
    },
  },
  refusal: mapZh.refusal,
  note: { ...mapZh.note, ...solveNotesZh, ...serverNotesZh },
  command: {
    assign: '点选分派',
    lasso: '套索分派',
    solve: '计算分派',
    cancel: '取消计算',
    take: '采用算好的分派',
    leave: '放弃算好的分派',
    undo: '撤销上一步',
    redo: '重做',
    save: '保存草案',
    compare: '在现行与草案之间切换',
    publish: '发布包联',
    nextException: '看须先处理的例外',
    disabled: {
      ...planZh.publish.disabled,
      nothing_to_undo: '没有可撤销的',
      nothing_to_redo: '没有可重做的',
      nothing_to_save: '没有未保存的编辑',
      busy: '正在计算',
      not_running: '没有在计算',
      no_proposal: '没有待采用的结果',
      no_errors: '没有须先处理的例外',
    },
  },
  keys: { group: { tool: '包联：分派手势', solve: '包联：计算', plan: '包联：草案', find: '包联：查找' } },
  tab: { assign: '分派', chain: '链条', papers: '纸面' },
  drawer: { members: '党员', exceptions: '例外', histogram: '负载', matrix: '楼栋', compare: '对比现行', history: '历史' },
  map: mapZh,
  chain: chainZh,
  papers: papersZh,
  own: ownZh,
}

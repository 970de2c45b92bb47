/** Gaps and their reasons, Chinese. */
export const gapsZh = {
  reason: {
    no_grid: '未划入网格', no_worker: '网格无网格员', compound_unmanaged: '小区失管', no_member: '无包联党员',
    member_overloaded: '党员超负荷', visit_overdue: '走访逾期', station_too_far: '站点步行过远', not_patrolled: '未巡查到',
  },
  reasonHead: {
    no_grid: '未入网格', no_worker: '无网格员', compound_unmanaged: '小区失管', no_member: '无党员',
    member_overloaded: '超负荷', visit_overdue: '走访逾期', station_too_far: '站点过远', not_patrolled: '未巡查',
  },
  inspect: { close: '关闭' },
  gaps: {
    households: '总户数', served: '已服务', inGap: '盲区，{share}', byMain: '按主因', once: '每户只计一次', unit: '户', total: '合计',
    several: '其中 {n} 户同时有其他原因', none: '这里没有盲区。', noneHint: '按现行规则，每一户都有人联系、按时走访、走得到站点。',
    unjudged: '另有 {n} 户有一项暂无法判断（步行距离未知）', all: '显示全部原因',
  },
  table: { community: '社区', inGap: '盲区户', households: '总户数', share: '占比', total: '合计', note: '行列合计一致，与名单 {n} 户一致' },
}

/** Words of the slips themselves and of working them, in Chinese. */
export const workZh = {
  retry: '重试',
  readFailed: '没能读取诉求。',
  due: {
    overdue_days: '逾期 {n} 天', overdue_hours: '逾期 {n} 小时', left: '剩 {n} 天', today: '今天 {time}', tomorrow: '明天', published: '{date}公示',
    to_close: '待销号', to_publish: '待公示',
  },
  list: {
    label: '诉求清单', pending: '{n} 件待办待公示', order: '按期限排序', nobody: '待认领', none: '没有符合条件的诉求', noneHint: '放宽时间或清除筛选；新的诉求点“登记诉求”。',
    older: '更早的未办结 {n} 件不在此时段。', showOlder: '去看',
  },
  filter: {
    title: '筛选', states: '四单状态', overdue: '逾期 {n}', period: '时段', category: '类别', level: '层级', place: '社区或网格', allCategories: '全部类别', allLevels: '全部层级', allPlaces: '全部网格',
    wholeCommunity: '{name}（全部）', several: '{n} 项', mine: '轮到我', mineHint: '我经手未办结的，我这一级待认领的，等我销号或公示的', chosen: '已选 {n} 件', from: '从', to: '到', search: '编号或标题',
    clear: '清除', due: { on_time: '按期办结', late: '逾期办结' },
  },
  state: { reported: '已上报', claimed: '已认领', supervised: '督办中', published: '已公示' },
  level: { grid: '网格', community: '社区', street: '街道', district: '区' },
  outcome: { solved: '已解决', explained: '已解释', duplicate: '重复件', withdrawn: '已撤回' },
  source: { public: '居民上报', worker: '网格员上报', member: '党员上报', reception: '接待日登记' },
  category: {
    sanitation: '环境卫生', property: '物业管理', facilities: '市政设施', noise: '噪声扰民', safety: '安全隐患', fire: '消防安全',
    parking: '车辆停放', greening: '绿化树木', dispute: '邻里纠纷', welfare: '民政救助', policy: '政策咨询', other: '其他',
  },
  act: {
    claim: '认领', assign: '指派', progress: '记进展', supervise: '转督办', remind: '催办', finish: '办结', return: '退回', close: '销号',
    explain: '解释办结', mark_duplicate: '并为重复件', escalate: '升级', hand_down: '下派', reopen: '重开', rate: '评价', publish: '公示',
    unpublish: '撤下公示', withdraw: '撤回',
  },
}

/** Words of the slips themselves and of working them, in Chinese. */
export const workZh = {
  state: { reported: '已上报', claimed: '已认领', supervised: '督办中', published: '已公示' },
  level: { grid: '网格', community: '社区', street: '街道', district: '区级' },
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

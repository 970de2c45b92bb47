/** The five-level chain of stations and the blind spots, Chinese. */
export const chainZh = {
  chain: {
    levels: '五级阵地', street: '本街道', missing: '缺{level}', complete: '这一级没有缺口。', stairwells: '{wanted} 个单元，有联络员 {had} 名', more: '再显示 {n} 处',
    per: { street_centre: '每街道一处', community_station: '每社区一处', grid_home: '每网格一处', compound_point: '每小区一处', stairwell_contact: '每单元一名' },
    add: '在这里新设', addFor: '在{place}新设站点', new: '新设站点', stations: '{level}', noStations: '没有这一级的站点。',
    hoursNone: '没有填开放时间', hoursUnknown: '开放时间读不出：{hours}', openNow: '此时开放', shutNow: '此时不开', capacity: '可接待 {n} 户', activityCount: '活动 {n} 项',
    edit: '修改站点', editOf: '修改{name}', close: '撤销站点', closeOf: '撤销{name}', closeReason: '撤销原因', closeHint: '至少四个字。撤销后步行距离和盲区随即重算，可以撤回。',
    opened: '已设立{name}，正在重测步行距离。', changed: '已修改{name}。', closed: '已撤销{name}。',
    closedStations: '已撤销的站点', reopen: '重新设立', reopenOf: '重新设立{name}',
    unmanaged: '失管小区', unmanagedAside: '{n} 个，{households} 户', noUnmanaged: '没有失管小区。', households: '{n} 户', hasPoint: '有联络点', noPoint: '无联络点', unitsThere: '无组织的单位：{names}', manage: '落实管理',
    units: '单位', unitsAside: '无党组织 {without}，共 {all}',
    form: {
      name: '名称', level: '级别', capacity: '可接待户数（0 为不限）', community: '所在社区', hours: '开放时间', hoursExample: '周一至周五 8:30–12:00，13:30–17:30',
      hoursHint: '照常写，如“周一至周五 8:30–17:30”“随时联系”。', hoursRead: '读作：{hours}', hoursUnread: '读不出这样的时间，请照例子写。', never: '从不开放',
      place: '位置', noPlace: '还没有位置', press: '在图上点', pressing: '请在图上点一下…', save: '保存', activitiesLater: '保存后可以添加活动。',
      stale: '别人刚改过这一条，已读到最新的，您填的还在。再保存一次即以您的为准。',
      why: { name: '请填名称', capacity: '户数应为 0 到 {most} 的整数', hours: '开放时间读不出', community: '请选社区', place: '请在图上点出位置' },
    },
    activity: {
      title: '活动与预约', new: '添加活动', none: '没有登记活动。', daily: '每日', and: '、', seats: '{n} 人', seatsField: '名额（0 为不限）', name: '活动', days: '星期', from: '开始', to: '结束', place: '地点', save: '添加',
      removeOf: '删除活动{title}', removed: '已删除活动{title}。',
      why: { title: '请填活动名称', days: '请选星期', time: '结束应晚于开始', seats: '名额应为整数' },
    },
    unit: {
      new: '登记单位', edit: '修改单位', remove: '删除单位', removeOf: '删除{name}', removed: '已删除{name}。', saved: '已保存{name}。',
      without: '无党组织', all: '全部', none: '没有登记单位。', noneWithout: '登记的单位都有党组织。',
      kindField: '类型', statusField: '状况', branchField: '党组织', compound: '所在小区', noCompound: '不在小区', note: '备注', noPlace: '没有位置',
      kind: { enterprise: '企业', institution: '事业单位', agency: '机关', social: '社会组织', market: '商户、市场' },
      status: { active: '正常', bankrupt: '破产', closed: '注销' },
      branch: { none: '无党组织', direct: '直管型党支部', joint: '共建型党支部', combined: '组合型党支部' },
      why: { name: '请填名称' },
    },
  },
}

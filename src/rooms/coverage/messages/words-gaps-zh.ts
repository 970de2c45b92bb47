/** Gaps and their reasons, Chinese. */
export const gapsZh = {
  reason: {
    no_grid: '未划入网格', no_worker: '网格无网格员', compound_unmanaged: '小区失管', no_member: '无包联党员',
    member_overloaded: '党员超负荷', visit_overdue: '走访逾期', station_too_far: '站点步行过远', not_patrolled: '未巡查到',
    station_beyond: '站点步行超过 {m} m',
  },
  reasonHead: {
    no_grid: '未入网格', no_worker: '无网格员', compound_unmanaged: '小区失管', no_member: '无党员',
    member_overloaded: '超负荷', visit_overdue: '走访逾期', station_too_far: '站点过远', not_patrolled: '未巡查',
  },
  today: '今天', dayAndAge: '{day}（{age}）', metres: '{m} m', join: '、', undo: '撤销', leave: '不做了', back: '返回',
  noPermission: '没有这项权限',
  gaps: {
    households: '总户数', served: '已服务', inGap: '盲区，{share}', byMain: '按主因', once: '每户只计一次', unit: '户', total: '合计',
    several: '其中 {n} 户同时有其他原因', none: '这里没有盲区', noneHint: '按现行规则，每一户都有人联系、按时走访、走得到站点。',
    unjudged: '有 {n} 户的某一项暂无法判断（步行距离未知），不算盲区', all: '显示全部原因', anyTitle: '连同其他主因，有这个原因的共 {n} 户', anyShown: '{reason}共 {n} 户，含其他主因的。',
  },
  table: {
    community: '社区', inGap: '盲区户', households: '总户数', share: '占比', total: '合计', note: '行列合计一致，全街道盲区 {n} 户',
    open: '{community}，{reason}，{n} 户：看名单', openAll: '{community}，盲区 {n} 户：看名单',
  },
  list: {
    sum: '{n} 户', any: '（含其他主因）', filter: '按地址或房号筛选', all: '显示全部', noMatch: '没有符合的户', days: '{n} 天', nobody: '无', someMember: '有', never: '从未',
    columns: { reason: '主因', door: '户', community: '社区', category: '类别', others: '其他原因', member: '包联党员', lastVisit: '上次走访', overdue: '逾期', walk: '到站点步行' },
  },
  walk: { unmeasured: '未测', off_streets: '接不上道路', none: '走不到' },
  export: {
    open: '导出名单', reason: '导出事由', needsReason: '请写明事由，至少 {n} 个字', save: '导出 {n} 户', done: '已导出 {n} 户', file: '服务盲区名单', sheet: '盲区名单',
    watermark: '水印', rows: '户数',
    columns: {
      community: '社区', building: '楼栋', room: '房号', address: '地址', category: '类别', main: '主因', others: '其他原因', lastVisit: '上次走访', visitDue: '应走访截止',
      lastPass: '上次巡查', station: '最近站点', walkM: '步行，米',
    },
  },
  trend: {
    all: '盲区户数', none: '还没有逐日记录', noneHint: '每天的盲区户数由系统自动记下，明天起这里就有变化。', day: '日期', oneDay: '只有一天的记录，明天起可以比较',
    change: '自 {from} {sign}{n} 户', figure: '{title}，{from} 至 {to}', households: '{n} 户',
  },
  inspect: {
    close: '关闭', failed: '没能读取服务覆盖，请在左侧重试。', noHouseholds: '这里没有您能看到的住户。', inGap: '盲区 {n} / {all} 户', served: '{n} 户都已服务',
    unjudged: '{n} 户有一项暂无法判断',
  },
  facts: {
    nearest: '最近站点', station: '{name}，步行 {walk}', someStation: '站点', farthest: '最远一栋 {walk}', unreached: '{n} 栋走不到', unmeasured: '{n} 栋步行距离未知',
    lastPass: '上次巡查', neverPassed: '没有巡查记录', responsible: '责任人', worker: '网格员 {names}', leader: '网格长 {names}', member: '党员 {name}（{n} 户）',
    members: '共 {n} 名党员', noMember: '无包联党员', special: '重点户',
  },
  households: { title: '盲区户', late: '逾期 {n} 天', asked: '已派', more: '再显示 {n} 户' },
  suggest: {
    title: '建议', helps: '涉及 {n} 户', manyCompounds: '请先选中一个小区',
    no_grid: '把所在地块划入网格', no_worker: '给网格配上网格员', compound_unmanaged: '明确小区由谁管理', no_member: '指定包联党员', member_overloaded: '把部分户转给其他党员',
    visit_overdue: '请包联党员限期走访', station_too_far: '在附近增设站点', not_patrolled: '排一次巡查经过这里',
    act: {
      no_grid: '划网格', no_worker: '配人员', compound_unmanaged: '定管理', no_member: '去包联', member_overloaded: '去调整', visit_overdue: '派走访', station_too_far: '去选址',
      not_patrolled: '排巡查',
    },
  },
  task: {
    open: '派走访任务（{n} 户）', ask: '请 {n} 户的包联党员上门。', planned: '另有 {n} 户已派过，不重复派。', without: '另有 {n} 户没有包联党员，先去包联。', due: '最迟', save: '派走访',
    done: '已派 {n} 户走访', nobody: '没有逾期可派的户', days: '日期要在今天到一年之内',
  },
  compound: {
    status: { managed: '物业管理', self_managed: '自管', unmanaged: '失管' }, who: '今后由谁管理', note: '说明', noteHint: '如：由社区代管，已设小区联系点', save: '保存', done: '{name}：{status}',
  },
  visits: {
    title: '走访', late: '逾期 {n} 天', due: '{day}到期', notAsked: '没有走访要求：无人包联，也未走访过', task: '已派走访，{day} 前', none: '还没有走访记录', loading: '正在读取走访…', log: '记走访',
    residents: '住户与姓名',
  },
  visit: {
    save: '记下', done: '已记走访：{door}', doneUnmet: '已记：{door}，没有见到人，仍需走访', days: '日期要在最近 {n} 天内',
  },
  settings: {
    open: '判断规则', title: '判断规则', save: '保存规则', leave: '返回', saved: '判断规则已保存', hint: '对全街道有效，自有规则的社区除外；保存后立即按新规则判断。', hintCommunity: '只对{community}有效；没有自有规则时，按街道的规则。', mayNot: '由街道或区里设置',
    reasons: '判断哪些原因', visitDays: '一般户多少天走访一次', visitSpecialDays: '重点户多少天走访一次', stationLimitM: '到站点最远步行，米', patrolDays: '楼栋多少天巡查一次', accessLimitM: '门口到道路最远，米',
    stationLevels: '哪几级站点算数', specialCategories: '哪些类别是重点户',
    stale: '有人先保存了规则。您填写的内容还在，再保存一次就替换他人保存的。',
    unfit: { number: '“{rule}”要是 {least} 到 {most} 的整数', special: '重点户的天数不能比一般户长', reasons: '至少判断一个原因', levels: '要判断步行过远，至少有一级站点算数' },
  },
  measuring: { now: '正在重测步行距离…', failed: '没能重测步行距离：{reason}', notMeasured: '道路数据无法测算' },
  error: { station_invalid: '站点内容不合规定，请检查后再保存（{field}）', work_unit_invalid: '单位内容不合规定，请检查后再保存（{field}）', place_outside: '位置不在本街道内，请重新选点', land_unknown: '没有这个街道，或没有权限查看', access_invalid: '测得的步行距离与街道数据不符，请重新进入', access_stale: '街道的站点、道路或大门刚有变动，已重新读取，请再试一次', siting_invalid: '选址方案有一项不合规定（{field}）', siting_state: '这个选址方案已发布或已放弃，不能再改' },
}

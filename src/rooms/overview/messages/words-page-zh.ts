/** Words of the page of figures, the wall screen and the monthly report, Chinese. */
export const pageZh = {
  trail: '所在单位', periods: '时段', told: '{at} 更新，数字均可点开到明细', gridFigures: '网格与家底', failed: '没有取到数字', retry: '再试一次',
  period: { week: '本周', month: '本月', quarter: '本季', year: '本年' },
  former: { week: '较上周', month: '较上月', quarter: '较上季', year: '较上年' },
  since_former: '{former} {change}',
  measure: { tied: '户有党员', visited: '按期走访', gap: '盲区', settled: '诉求办结', band: '网格达标' },
  share: { tied: '户有党员率', visited: '按期走访率', gap: '盲区户占比', settled: '诉求办结率', band: '网格达标率' },
  shareShort: { tied: '包联率', visited: '走访率', gap: '盲区率', settled: '办结率', band: '达标率' },
  about: {
    tied: '有党员包联的户占全部户', visited: '须走访的户中，没有超过走访期限的', gap: '按现行规则有一项未服务到的户，每户只计一次', settled: '本期收到的诉求中已办结的，不含重复和撤回',
    band: '户数在上下限之内的网格占全部网格',
  },
  below: {
    tied: '未落实 {n} 户', visited: '逾期 {n} 户', visitedNone: '还没有须走访的户', visitedUnknown: '当时的走访记录不全', gap: '{reason} {n} 户居首', gapNone: '每户只计一次', settled: '{n} 件，逾期 {late} 件',
    band: '{n} 个网格，{out} 个不达标',
  },
  reason: {
    no_grid: '未划入网格', no_worker: '无网格员', compound_unmanaged: '小区失管', no_member: '无包联党员', member_overloaded: '党员超负荷', visit_overdue: '走访逾期',
    station_too_far: '站点过远', not_patrolled: '未巡查到',
  },
  openRows: '{name}：打开明细', compareRows: '{name}：按街道比较', visitsSince: '；走访记录自 {day} 起',
  area: { street: '街道', community: '社区', grid: '网格' },
  mapTitle: '{measure}，按区域着色', mapAlt: '{n} 个区域按{measure}着色；同样的数字在旁边的排名里',
  legendBelow: '低于 {n}%', legendBetween: '{from}–{to}%', legendFrom: '{n}% 及以上', noOutlines: '这些区域没有范围可画，数字见排名。',
  rankTitle: '{area}排名', whole: '全部', total: '合计', outside: '未划入网格', elsewhere: '不分网格',
  rank: { place: '名次', gap: '盲区户', same: '持平', up: '升 {n}', down: '降 {n}', lessFirst: '盲区率越低名次越前' },
  todo: {
    gap: '盲区 {n} 户', late: '走访逾期 {n} 户', overdue: '诉求逾期 {n} 件', above: '{n} 个网格超过上限', vacant: '{n} 个网格没有网格员', unjudged: '{n} 户步行距离未知',
    most: '{name}最多，{n}', none: '没有需要处理的。',
  },
  todoAct: { gap: '查看盲区', late: '查看名单', overdue: '督办', above: '查看网格', vacant: '查看岗位', unjudged: '查看步行' },
  slipsTitle: '四单进度', slipsOf: '{period} {n} 件', slip: { reported: '群众下单', claimed: '干部领单', supervised: '社区督单', published: '公开晒单' },
  levelsTitle: '在哪一级解决', stayed: '小事不出网格 {share}', noneSettled: '本期还没有办结的', level: { grid: '网格内', community: '社区', street: '街道', district: '区级' },
  wall: { open: '大屏', title: '大屏显示', subtitle: '{period}运行情况', told: '{at} 更新，每分钟自动刷新', stale: '没有取到新的数字，所示为 {at} 的', close: '退出（Esc）', others: '另有 {n} 个' },
  report: {
    open: '打印月报', title: '月报', which: '月份', pages: '共 {m} 页', print: '打印', close: '关闭', head: '{unit}{month}网格治理月报', partial: '未满月，截至目前',
    slips: '诉求 {n} 件', settledAt: '在{level}办结', gaps: '盲区 {n} 户，按主因', visits: '本月走访 {n} 次，其中见到人 {met} 次；月末走访逾期 {late} 户；满意度平均 {mean}（5 分制）。',
    late: '走访逾期户', overdue: '逾期诉求', visitsMade: '走访次数', page: '第 {n} 页，共 {m} 页', foot: '{at} 由系统汇总，不含个人信息',
    terms: '包联率：有党员包联的户占全部户。走访率：须走访的户中按期的。盲区率：有一项未服务到的户占全部户，每户只计一次。办结率：本月诉求中已办结的，不含重复和撤回。达标率：户数在上下限内的网格。逾期诉求：月末未办结且已超期的，不论何时提出。户数为现有户数；盲区按各月最后一次记录，走访记录不全的月份不算走访率；“—”为没有记录。',
  },
}

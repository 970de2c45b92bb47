/** Words of the map, of heat and of time, in Chinese. */
export const heatZh = {
  waiting: '诉求读取后，这里显示各周件数。',
  measure: {
    counts: '件数', rates: '每千户件数', density: '密度', hotspots: '热点', trend: '趋势', streets: '沿街', none: '不显示热力',
  },
  measureHint: {
    counts: '每格收到多少件',
    rates: '件数除以格内户数，件数太少的格不显示',
    density: '连续的疏密，不受格线影响',
    hotspots: '哪些格比偶然明显更多或更少',
    trend: '各格逐周是新增、上升、持续还是减退',
    streets: '沿街道的疏密，按路走的距离算',
    none: '只看诉求点',
  },
  unit: {
    counts: '诉求件数 / 格', rates: '件 / 千户', density: '件 / 公顷', hotspots: '与偶然相比', trend: '逐周趋势', streets: '件 / 百米', none: '诉求', difference: '件数之差（乙 − 甲）',
  },
  legend: {
    title: '图例', states: '状态', overdue: '外圈为逾期', cluster: '多件，环按状态分', from: '{n} 及以上',
    masked: '少于 {n} 件，不显示', hot: '热点框', measure: '地图颜色表示什么',
  },
  spot: { hot3: '热点，99% 可信', hot2: '热点，95% 可信', hot1: '热点，90% 可信', none: '与偶然无异', cold: '冷点，90% 以上可信' },
  trend: { new: '新热点', growing: '上升', steady: '持续', fading: '减退', none: '没有趋势' },
  note: {
    counts: '分级按全街道{period}固定，六角格边长 {side} m，不随视图变化；重复件只计一次。',
    rates: '件数 ÷ 格内户数 × 1,000；少于 {min} 件的格不显示。分级按全街道{period}固定，边长 {side} m，不随视图变化。',
    density: '四次核密度，带宽 {radius} m。分级按全街道{period}固定，不随视图变化。',
    hotspots: 'Gi*，邻域 {reach} m，条件置换 {runs} 次（种子 {seed}），双侧，{correction} 校正。',
    trend: '逐周 Gi* 与 Mann–Kendall 检验，{weeks} 周，每步一周。',
    streets: '路网核密度，带宽 {radius} m，路段 {lixel} m 一截。分级按全街道{period}固定，不随视图变化。',
    none: '显示 {n} 件；重复件不另计入热力。',
    spots: 'Gi* 热点 {n} 格（深色框：q ≤ {level}，{correction} 校正，邻域 {reach} m）。',
    difference: '乙（{b}）减甲（{a}），蓝为减少，橙为增加；分级固定，不随视图变化。',
    period: { span: '{from} 至 {to}', days: { 7: '近 7 天', 30: '近 30 天', 90: '近 90 天', 365: '近一年' } },
    about: '这张图怎么算的',
  },
  pane: {
    measure: '看什么', period: '时段', side: '格边长', sideM: '{n} m', outline: '热点框', pins: '诉求点', category: '类别', allCategories: '全部类别',
    computing: '正在计算热点', passes: { permutations: '置换检验', trend: '逐周趋势', density: '密度', streets: '沿街密度', held: '检验预测' },
    cancel: '取消', failed: '没有算成：{reason}', again: '重新计算', needsMore: '这个时段的诉求太少，算不出热点。换一个更长的时段。',
    spots: '热点', spotsNone: '没有显著的热点。', spot: '{place} 一带', spotFigures: '{cells} 格 · {n} 件 · z 最高 {z}', open: '看这些诉求',
    trends: '趋势', trendCells: '{n} 格',
    held: '能预测吗', heldText: '用时段的前 {train} 周挑出占地 {area} 的格，看后 {test} 周有多少件落在里面。PAI 为命中率与占地之比；PEI 为与最好挑法之比。',
    heldMethod: { hotspots: 'Gi* 热点', density: '密度', counts: '件数' }, heldHit: '命中', heldNone: '时段太短，没有可检验的周。至少要 {n} 周。',
    method: '方法', pai: 'PAI', pei: 'PEI',
  },
  tool: {
    label: '地图选取', cells: '选格', lasso: '套索', hint: { cells: '点或拖过六角格，选出格内的诉求', lasso: '在地图上圈出诉求', add: '按住 Shift 加选' },
    chosen: '已选 {n} 件', clear: '清除', none: '圈里没有诉求', cellsOff: '先选一种按格显示的热力',
    export: '导出', reason: '用途（至少 4 个字）', needsReason: '写明用途，至少 4 个字', xlsx: 'Excel', geojson: 'GeoJSON', done: '已导出 {n} 件',
  },
  export: {
    file: '诉求', sheet: '诉求', watermark: '水印', rows: '件数', columns: {
      number: '编号', title: '标题', category: '类别', state: '状态', level: '层级', outcome: '结果', community: '社区', grid: '网格', reported: '上报时间',
      due: '期限', closed: '销号时间', overdue: '逾期', satisfaction: '满意度', handler: '经办人', lng: '经度', lat: '纬度',
    },
    yes: '是', no: '否',
  },
  hover: { cell: '此格 {n} 件', rate: '{households} 户，每千户 {rate} 件', z: 'z = {z}，{words}', trend: '趋势：{words}', slip: '{state} · {category}', overdue: '逾期', difference: '甲 {a} 件，乙 {b} 件' },
  time: {
    play: '播放', pause: '暂停', rewind: '显示整个时段', speed: '播放速度', cumulative: '累计播放', walk: '按时间播放', bars: '各时段件数', from: '开始', to: '结束',
    span: '{from} 至 {to}', unit: { day: '按天播放，每步一天', week: '按周播放，每步一周' }, open: '未公示', published: '已公示',
    sum: { day: '{steps} 天合计 {n} 件 = 已公示 {published} + 未公示 {open}', week: '{steps} 周合计 {n} 件 = 已公示 {published} + 未公示 {open}' },
    bar: '{from} 至 {to}：{n} 件，未公示 {open}，已公示 {published}',
  },
  compare: {
    by: '比较', periods: '两个时段', categories: '两个类别', a: '甲', b: '乙', sum: '{n} 件', difference: '地图上显示差异', cells: '增加 {up} 格，减少 {down} 格，不变 {same} 格',
    most: '变化最大的格', change: '{a} → {b} 件', none: '两边都没有诉求。',
  },
  heatKeys: { group: '诉求：地图', cells: '按格选出诉求', lasso: '圈出诉求', play: '按时间播放或暂停', shift: '加选', esc: '放弃这次选取，再按一次收起工具' },
}

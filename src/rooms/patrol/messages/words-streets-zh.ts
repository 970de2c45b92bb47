/** Streets, gates, checkpoints, and what the map shows, Chinese. */
export const streetsZh = {
  duty: { daily: '每日', weekly: '每周', none: '不需巡' },
  cover: { covered: '已覆盖', partial: '部分走到', missed: '漏巡', none: '不需巡' },
  theme: { duty: '巡查要求', coverage: '巡查覆盖', recency: '距上次巡查', none: '不着色' },
  look: {
    daily: '每日巡查', weekly: '每周巡查', off: '不需巡', covered: '已覆盖', partial: '部分走到', missed: '漏巡',
    age0: '今天', age1: '1–3 天', age2: '4–7 天', age3: '8–14 天', age4: '超过 14 天', never: '期内没有走到',
  },
  stand: { idle: '未到期', due: '到期未到', probable: '可能到过', visited: '已到' },
  legend: {
    routes: '巡查路线', walk: '轨迹', title: '图例', theme: '颜色表示', hand: '手工设定', gap: '断头处，假定可走', served: '要巡，箭头为方向', passed: '只经过', matched: '匹配到的道路', yard: '院内、楼道', raw: '原始轨迹', gate: '关闭的门',
  },
  class: {
    residential: '居住区道路', living_street: '生活街道', pedestrian: '步行街', service: '内部通道', unclassified: '支路', road: '未分类', footway: '人行道', path: '小径', steps: '台阶',
    tertiary: '三级路', secondary: '次干路', primary: '主干路', trunk: '快速路', motorway: '高速路', track: '土路', cycleway: '自行车道', construction: '在建路',
  },
  mapKeys: { group: '巡查：地图', segments: '选路段', street: '选整条路', lasso: '套索选路段', gate: '关闭一处道路', checkpoint: '新增打卡点', shift: '增减选中的路段', esc: '放下工具' },
  streets: {
    undo: '撤销', unnamed: '无名路', bothSides: '两侧都走', bothHint: '（两边各算一次）', chosen: '已选 {n} 段', clear: '清除', manyNames: '{names}等 {n} 条',
    chooseHint: '在地图上点一段路，或用上方工具选多段，再设巡查要求。', lookHint: '在地图上点一段路，看它的巡查要求。',
    duty: '巡查要求', asClass: '按道路类别', reason: '说明（可不填）', reasonNeeded: '不需巡的原因', set: '设定 {n} 段', planOf: '排成方案', notAllYours: '其中 {n} 段不在您的社区，不会设定。',
    why: { notYours: '所选路段都不在您的社区', reason: '不需巡要写原因', gateReason: '写明为什么关闭', name: '给打卡点起个名称' },
    classes: '各类道路', class: '类别', total: '合计', inKm: '长度，km', chooseClass: '在图上选中这一类',
    checkpoints: '打卡点', newCheckpoint: '新增打卡点', noCheckpoints: '还没有打卡点。新增后，路线会经过它，走到时自动记上。', every: '{n} 天一次', lastBy: '{age}到过', neverBy: '还没有人到过',
    edit: '修改打卡点', editOf: '修改{name}', remove: '删除', removeOf: '删除{name}', name: '名称', what: '到那里看什么', radius: '多近算到（米）', dwell: '停留（分钟）', everyDays: '几天一次', keep: '保存打卡点',
    gates: '关闭的门', newGate: '关闭一处', noGates: '没有关闭的门。门关着的地方，路线不会穿过。', gate: '第 {n} 处', gateReason: '原因', gateHint: '道路在这里断开，排路线和匹配轨迹都不再穿过。', shut: '关闭', open: '打开', openOf: '打开第 {n} 处',
    breaks: '断开的道路', breaksAside: '孤岛 {islands}，断头 {gaps}', breaksHint: '孤岛与其余道路不相连，从外面排不到；断头处相距不到 60 米，假定可以走过。', island: '{n} 段，共 {length}', gaps: '断头相接处', gap: '相距 {length}',
    moreIslands: '再看 {n} 处孤岛', moreGaps: '再看 {n} 处断头', fewer: '收起',
    done: { duty: '已设定 {n} 段道路', gate: '已关闭一处，路网随之更新', gateOpened: '已打开', checkpoint: '打卡点“{name}”已保存', checkpointGone: '打卡点“{name}”已删除' },
    tool: {
      label: '地图工具', segments: '选路段', street: '选整条路', lasso: '套索', gate: '关门', checkpoint: '打卡点', tooFar: '30 米内没有道路，门要点在路上',
      hint: { segments: '点一段，或按住沿路拖；Shift 增减', street: '点一下，选同名的整条路；Shift 增减', lasso: '圈出一片，选中其中的路段；Shift 增选', gate: '在路上点一下，那里就断开', checkpoint: '点一下打卡点的位置' },
    },
    hover: { street: '{name}，{length}', set: '{duty}（{reason}）', share: '走了 {share}%', days: '上次巡查：{n} 天前', today: '今天巡过', never: '期内没有走到', served: '路线 {routes} 巡查', passed: '路线 {routes} 经过' },
    note: {
      about: '图上内容的算法',
      duty: '要求按道路类别，手工设定的优先（黄边）；路段从路口到路口，长度按本地平面坐标量算。',
      coverage: '{from}至{to}：轨迹经匹配后，走到长度 ≥ {covered}% 为已覆盖，≥ {partial}% 为部分；走多遍只算一遍。',
      recency: '截至{to}，按路段最近一次被覆盖的日期，分五档，不随视野改变。',
      none: '底图：本地道路和楼栋。',
      routes: '{title}：{n} 条路线；巡查 {serve} 米/秒，经过 {walk} 米/秒。实线要巡，虚线只经过。',
      walk: '实线是匹配到的道路，停留不计长度；原始轨迹需填事由才能看。',
    },
  },
}

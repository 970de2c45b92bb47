/** Words of one slip and of what is done with it, in Chinese. */
export const slipZh = {
  steps: {
    title: '四单', reported: '群众下单', claimed: '干部领单', supervised: '社区督单', published: '公开晒单', ahead: '尚未到此', skipped: '未经此步', reminded: '已催办 {n} 次',
  },
  history: {
    title: '经过', count: '{n} 条', who: '{name}（{actor}）', rule: '系统规则', reporter: '居民',
    act: {
      report: '登记', claim: '认领', assign: '指派', progress: '记进展', supervise: '转督办', remind: '催办', finish: '办结上报', return: '退回重办', close: '销号', explain: '解释办结',
      mark_duplicate: '并为重复件', escalate: '升级', hand_down: '下派', reopen: '重开', rate: '评价', publish: '公示', unpublish: '撤下公示', withdraw: '撤回', link: '关联', unlink: '取消关联',
    },
  },
  actor: {
    district_admin: '区管理员', street_officer: '街道干部', community_secretary: '社区书记', grid_leader: '网格长', grid_worker: '网格员', member: '党员', cadre: '包联干部', auditor: '审计员',
    handler: '经办人', reporter: '居民', system: '系统规则',
  },
  near: {
    links: '关联', related: '相关', original: '本件并入此件', duplicate: '重复件，已并入本件', unlink: '取消关联', title: '周边 {m} 米', count: '近 {days} 天同类 {n} 件', merge: '合并处理', link: '关联',
  },
  acts: {
    none: '您在这里只能查看。', nothingOpen: '现在没有您能做的一步，原因见上面“现在不能做的”。', closed: '现在不能做的 {n} 项', note: '说明', noteOptional: '说明（可不填）', person: '指派给', personLine: '{name} · {role} · 在办 {n} 件', level: '到哪一级', original: '并入哪一件（编号）',
    mark: '满意度', markOptional: '居民满意度（可不选）',
    missing: { note: '请写几个字的说明。', person: '请选择经办人。', original: '请填写清单中有的编号。', mark: '请选择满意度。' },
    hint: {
      finish: '写明结果并附照片；随后由社区销号或退回。', close: '核对结果后销号，逐件办结。', explain: '政策不允许的，写明依据并向居民解释。', publish: '放上公示栏；不含反映人，地点模糊到小区。',
      escalate: '交上一级，期限按上一级重算。', hand_down: '交下一级，期限按下一级重算。', mark_duplicate: '两件互相可查，统计只计一件。', return: '说明哪里还没办好，由经办人重办。', reopen: '重新办理，期限重算。',
      unpublish: '从公示栏撤下。', remind: '催办次数会计入本件。',
    },
  },
  satisfaction: { 1: '很不满意', 2: '不满意', 3: '一般', 4: '满意', 5: '很满意' },
  stale: { title: '有人先动了这一件', text: '{by}于 {at}{act}。上面已是最新情况，您填写的内容还在；仍要办就再提交一次。', direct: '{by}刚刚{act}，上面已是最新情况。', again: '按最新情况{act}' },
  done: {
    claim: '已认领 {number}', assign: '已指派 {number}', progress: '已记进展 {number}', supervise: '{number} 已转督办', remind: '已催办 {number}', finish: '{number} 已办结上报', return: '{number} 已退回',
    close: '{number} 已销号', explain: '{number} 已解释办结', mark_duplicate: '{number} 已并为重复件', escalate: '{number} 已升级', hand_down: '{number} 已下派', reopen: '{number} 已重开',
    rate: '已记下评价 {number}', publish: '{number} 已公示', unpublish: '{number} 已撤下公示', withdraw: '{number} 已撤回',
  },
  reporter: { who: '反映人 {who}', enteredBy: '由 {name} 登记', reveal: '查看反映人', maskAgain: '重新掩码', noted: '已记入日志；{minutes} 分钟后重新掩码，今天还可查看 {left} 次' },
  error: {
    issue_taken: '已由{by}认领。', issue_closed: '已办结（{outcome}）。', issue_open: '还没有销号。', issue_unfinished: '经办人还没有上报结果。', issue_finished: '已上报结果，等社区销号或退回。',
    issue_state: '现在是“{state}”，不能这样做。', issue_level: '这一件在{level}，由上一级办理。', issue_level_end: '已在{level}，没有再上或再下的一级。', issue_not_publishable: '“{outcome}”的不公示。', issue_has_duplicates: '有重复件并到这一件，不能撤回。', issue_rated: '反映人已经评价，以反映人的评价为准。',
    issue_too_late: '已过可重开的期限。', issue_stale: '有人先动了这一件，请看最新情况。', note_missing: '请写几个字的说明。', person_invalid: '这个人不在此处任职，不能指派。',
    duplicate_invalid: '不能并入这一件：它不存在、就是本件、另属一街道，或其中一件已有重复件。', level_invalid: '不能交到这一级。', satisfaction_invalid: '满意度须为 1 至 5。',
    photo_invalid: '照片没有被接受：须为 JPEG、PNG 或 WebP，不超过 300 KB。', issue_invalid: '有一项内容不合要求（{field}）。', place_outside: '这个位置不在本街道的社区内。', link_invalid: '这两件不能关联。', land_unknown: '没有这个街道，或无权查看。',
    not_allowed: '您在这里没有这项权限。', stale: '有人先保存了设置。您填写的内容还在；再保存一次，就会替换对方所存的。', setting_invalid: '设置不合要求。',
  },
  photo: {
    add: '加照片', proof: '加办结照片', look: '看照片', nth: '第 {n} 张照片', remove: '去掉第 {n} 张', reading: '正在压缩…', tooMany: '最多 {n} 张照片。', photo_unreadable: '“{file}”不是可读的图片。', photo_too_large: '“{file}”太大。',
  },
  report: {
    title: '登记诉求', place: '地点', pressMap: '在地图上点一下，或在下面输入楼栋地址。', address: '楼栋地址', onMap: '地图位置 {at}', beside: '{building}旁', category: '类别', choose: '请选择', near: '附近已有 {n} 件同类诉求',
    nearHint: '如果是同一件事，点开它补充进展，不必重复登记。', away: '{m} 米外', what: '什么事', whatHint: '一句话，如：3号楼化粪池外溢', detail: '详情（可不填）', source: '来源', reporter: '反映人（可不填）', name: '姓名', phone: '电话',
    reporterHint: '只用于回访；在系统里默认掩码，查看须填写事由并留痕。', send: '登记', sending: '正在登记…', done: '已登记 {number}',
    missing: { place: '请先在地图上点出地点。', category: '请选择类别。', title: '请用几个字说明什么事。', reporter: '反映人的姓名和电话要么都填，要么都不填。' },
  },
  reception: {
    title: '接待日批量登记', hint: '每行一件，列依次为：{columns}。可从表格里复制粘贴，也可选择按模板填好的文件。先检查，再登记；有错就一件也不登记。', comma: '、', template: '下载模板', file: '选择文件', paste: '或把表格粘贴在这里',
    look: '检查', looking: '正在检查…', found: '{rows} 行，其中 {ready} 行可以登记', row: '第 {row} 行', more: '还有 {n} 条', send: '登记 {n} 件', notReady: '先检查，并改好有错的行。', done: '已登记 {n} 件',
    help: '填写说明', helpPlace: '地点：楼栋的地址或名称，与系统中一致；或“经度,纬度”。', helpReporter: '姓名和电话要么都填，要么都不填。',
    column: { place: '地点', category: '类别', title: '诉求', detail: '详情', name: '姓名', phone: '电话' },
    fault: { place_missing: '没有填', place_unknown: '找不到这个楼栋', place_ambiguous: '有几栋楼叫这个名字', category_unknown: '没有这个类别', title_short: '太短', reporter_half: '姓名和电话要么都填，要么都不填' },
    refusal: { no_rows: '没有读到内容。', too_many_rows: '一次最多 {limit} 行。', file_kind_unknown: '这不是 XLSX 文件。', file_too_large: '文件超过 {limitMb} MB。', other: '没能读取这个文件。' },
  },
  settings: {
    title: '办理期限', hint: '工作日。改动对此后进入各级的诉求生效，已在办的不变。', category: '类别', escalateAfterDays: '逾期几个工作日自动升级（0 为不升级）', duplicateM: '多少米内同类算疑似重复', duplicateDays: '多少天内的算疑似重复',
    maskBelow: '对外时小于几件的数不显示', reopenDays: '办结后居民几天内可重开', isPublic: '开放居民上报与公示栏', save: '保存期限', saved: '期限已保存', unfit: '都须为整数，天数不超过 {most}。',
  },
  foot: { report: '登记诉求', reception: '接待日', settings: '期限', export: '导出台账' },
  back: '返回清单',
  leave: '取消',
  ledger: {
    label: '诉求台账', sum: '{n} 件 = 已销号 {closed} + 未销号 {open}', close: '销号', waiting: '待销号 {n} 件', next: '下一件待销号',
    columns: { number: '编号', title: '诉求', place: '网格', category: '类别', level: '层级', state: '状态', handler: '经办', reported: '登记', due: '期限', finished: '办结', outcome: '结果', satisfaction: '满意度' }, sortBy: '按{column}排序',
  },
}

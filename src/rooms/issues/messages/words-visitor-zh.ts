/** Words of the pages for residents and of a member's or worker's own slips, in Chinese. */
export const visitorZh = {
  visitor: {
    page: { report: '反映问题', follow: '查进度', board: '公示栏' },
    retry: '重试',
    cancel: '取消',
    copy: '复制',
    copied: '已复制',
    map: { closer: '放大', wider: '缩小', pick: '地图：点一下选定位置。方向键移动，加减号缩放，回车选定正中' },
    place: {
      loading: '正在读取街道地图…', failed: '没能读取街道地图', none: '现在没有开放的街道', noneHint: '街道开放居民上报后，这里就能使用。急事请拨打 12345。',
      choose: '您在哪个街道？', community: '社区', compound: '小区', building: '楼栋', any: '请选择', hint: '按小区和楼栋选，或在地图上点一下。', onMap: '已在地图上选定',
      locate: '我在这里', locating: '正在定位…', locate_failed: '没能定位。请在地图上点选位置。', locate_outside: '您现在不在这个街道内。请在地图上点选位置。',
    },
    report: {
      title: '反映问题', lead: '{street}的事，填好交上来，社区会领单办理。不用登录，可以不留姓名。', restored: '上次没交的内容还在。', clear: '清空重填',
      place: '1. 在哪里', category: '2. 哪一类', what: '3. 什么事', headline: '一句话说清楚', headlineHint: '如：3号楼旁化粪池外溢',
      detail: '详细情况（可不填）', detailHint: '什么时候开始的、影响多少人', photos: '加照片（最多 4 张）', photosHint: '照片在您的手机上先缩小，拍摄地点等信息不会上传。请不要拍到他人的脸和门牌。',
      reporter: '4. 怎么联系您（可不填）', reporterHint: '只有办理人员写明事由才能查看，不会公示。不填也可以凭查询码看进度。', name: '姓名', phone: '电话',
      consent: '我同意社区为办理此事保存以上内容。办结两年后个人信息自动删除。', send: '提交', sending: '正在提交…',
      waiting: '没有网络，内容已存在这台手机上。不要关闭页面，网络恢复后会自动提交。',
      noAnswer: '服务器没有回应，内容已存在这台手机上。不要关闭页面，恢复后会自动提交。',
      elsewhere: '这件已在另一个窗口提交、改动或清空，这里不再自动提交。',
      keeping: { no_photos: '照片太大，没有存在手机上；文字已存。', not: '这个浏览器不保存内容，请不要关闭页面。' },
      missing: { place: '请先选定位置。', category: '请选一个类别。', title: '请用一句话说明是什么事，至少 2 个字。', reporter: '姓名和电话请都填，或都不填。', consent: '请先勾选同意。' },
    },
    done: {
      title: '已收到，谢谢您', number: '编号', code: '您的查询码', once: '查询码只显示这一次。请截图、复制或抄下来：凭它查进度、评价和撤回。',
      qr: '查询用的二维码', qrHint: '扫一扫就能查进度。不要给别人看。', copyLink: '复制链接', follow: '看看进度', again: '再反映一件',
    },
    follow: {
      title: '查进度', lead: '输入提交时得到的查询码。', code: '查询码', open: '查询', opening: '正在查询…', notACode: '查询码是 16 位字母和数字，请核对。',
      lost: '查询码丢了就找不回来了，因为我们没有保存它。办结的事可以在公示栏里找。', photos: '照片 {n} 张', due: '{level}办理，{date}前办结', steps: '四单进度', notYet: '还没到',
      events: '经过', thanks: '谢谢您的评价。', rate: '评价结果', rateAgain: '改评价', rateGo: '提交评价', rateNote: '想说的话（可不填）', markMissing: '请选一个满意程度。',
      mark: { 1: '很不满意', 2: '不满意', 3: '一般', 4: '满意', 5: '很满意' },
      reopen: '没解决，重新办', reopenGo: '提交', reopenNote: '哪里没有解决', reopenUntil: '{date}前可以要求重新办理。',
      withdraw: '撤回', withdrawGo: '确认撤回', withdrawAsk: '撤回后就不再办理，也不能恢复。确定吗？', refresh: '刷新', other: '查另一件',
    },
    slip: { reported: '群众下单', claimed: '干部领单', supervised: '社区督单', published: '公开晒单' },
    event: {
      report: '已提交', claim: '有人领单', assign: '已指派办理人', progress: '有新进展', supervise: '社区督办', finish: '已办理，等社区核实', explain: '已作解释', close: '已办结',
      mark_duplicate: '与另一件是同一件事，合并办理', escalate: '已上报上一级', hand_down: '已转到下一级办理', reopen: '重新办理', rate: '您作了评价', publish: '结果已公示', unpublish: '已撤下公示', withdraw: '您已撤回',
    },
    board: {
      title: '公示栏', lead: '{street}已办结并公示的事。', category: '类别', community: '社区', outcome: '结果', all: '全部', showMap: '在地图上看', hideMap: '收起地图',
      mapLabel: '地图：数字是各小区公示的件数，点圆点只看那里', mapHint: '地图上是已列出的 {n} 件，位置只到小区或社区。', loading: '正在读取…', more: '再看一些', count: '{n} 件', clear: '看全部',
      none: '还没有公示的事', noneHint: '办结并公示后会列在这里。', noMatch: '没有符合条件的', noMatchHint: '换个条件再看。', answer: '答复：', dates: '{reported}提出，{published}公示',
      masked: '公示内容不含姓名、电话和门牌；位置只到小区。', figures: '统计', period: '{from} 至 {to}', small: '很少', byCategory: '按类别', byCommunity: '按社区',
      figure: { collected: '收到', solved: '办结率', onTime: '按期率', satisfaction: '满意度' },
    },
    error: {
      land_unknown: '这个街道现在没有开放居民上报。', place_outside: '这个位置不在本街道内，请重新选定。', photo_invalid: '有一张照片没能收下，请去掉后重试。', consent_missing: '请先勾选同意。',
      too_many_reports: '这个街道现在收到的太多，请一小时后再试。急事请拨打 12345。', code_unknown: '没有这个查询码，请核对后再试。', issue_has_duplicates: '别人反映的同一件事已并到这里，不能撤回。', issue_state: '这件事现在不能这样做，请重新查询。',
      not_allowed: '这件事现在不能这样做，请重新查询。', reopen_late: '已过可以要求重新办理的日期。请另外反映。', note_missing: '请写几个字说明。', satisfaction_invalid: '请选一个满意程度。',
      issue_invalid: { lngLat: '请先选定位置。', category: '请选一个类别。', title: '请用一句话说明是什么事，2 到 60 个字。', detail: '详细情况太长。', name: '姓名太长。', phone: '电话不对：5 到 20 位数字。', note: '内容太长。' },
    },
  },
  own: {
    title: '我的诉求', hand: '待我办', reported: '我提出的', loading: '正在读取…', failed: '没能读取您的诉求', retry: '重试', noHand: '没有要您办的', noHandHint: '网格里有新的诉求时，会列在这里。',
    noReported: '您还没有登记过诉求', noReportedHint: '看到问题就登记一件，社区会办理。', open: '待认领 {n} 件', mine: '我在办 {n} 件', detail: '看全部', due: '{date}前', late: '已逾期',
    waiting: '已办，等社区核实', report: '登记诉求',
  },
}

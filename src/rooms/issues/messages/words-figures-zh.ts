/** Words of the figures, in Chinese. */
export const figuresZh = {
  figures: {
    period: '时段', by: '分列', byArea: '按区域', byMonth: '按月份', area: '区域', month: '月份', noGrid: '未划网格', total: '合计', none: '这个时段没有诉求', noneHint: '放宽时段或清除筛选。',
    open: '{name}{figure} {n} 件，打开清单', sort: '按{name}排序', export: '导出统计表', file: '诉求统计', sheet: '诉求统计', failed: '没有导出：{reason}',
    sum: '收到 {received} 件 = 收集 {collected} + 重复 {duplicates} + 撤回 {withdrawn}；收集 = 办结 {settled} + 未结 {open}；办结 = 按期 {onTime} + 逾期 {late}',
    note: '按上报时间统计，随筛选变化；重复件只计一次。按期率＝按期办结 ÷（办结＋逾期未结）；不出网格＝没有升级就办结 ÷ 办结。',
    figure: {
      received: '收到', duplicates: '重复', withdrawn: '撤回', collected: '收集', solved: '解决', explained: '解释', settled: '办结', open: '未结', overdue: '逾期未结', onTime: '按期办结', late: '逾期办结',
      rated: '已评价', satisfied: '满意', stayed: '不出网格',
    },
    rate: { settledShare: '办结率', onTimeShare: '按期率', satisfaction: '满意度', stayedShare: '小事不出网格' },
    short: { collected: '收集', settled: '办结', onTimeShare: '按期', satisfaction: '满意', stayedShare: '不出网格' },
  },
}

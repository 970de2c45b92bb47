/** Words of the figures, in English. */
export const figuresEn = {
  figures: {
    period: 'Period', by: 'Rows', byArea: 'By area', byMonth: 'By month', area: 'Area', month: 'Month', noGrid: 'No grid', total: 'Total', none: 'No issues in this period', noneHint: 'Widen the period or clear the filter.',
    open: '{name}: {figure} {n}, open the list', sort: 'Sort by {name}', export: 'Export figures', file: 'issue-figures', sheet: 'Issue figures', failed: 'Not exported: {reason}',
    sum: 'Received {received} = collected {collected} + duplicates {duplicates} + withdrawn {withdrawn}; collected = settled {settled} + open {open}; settled = on time {onTime} + late {late}',
    note: 'By time of report, in step with the filter; duplicates count once. On time = settled on time ÷ (settled + overdue and open). Stays in the grid = settled without going up ÷ settled.',
    figure: {
      received: 'Received', duplicates: 'Duplicates', withdrawn: 'Withdrawn', collected: 'Collected', solved: 'Solved', explained: 'Explained', settled: 'Settled', open: 'Open', overdue: 'Overdue', onTime: 'On time', late: 'Late',
      rated: 'Rated', satisfied: 'Content', stayed: 'Stayed in the grid',
    },
    rate: { settledShare: 'Settled', onTimeShare: 'On time', satisfaction: 'Satisfaction', stayedShare: 'Stays in the grid' },
    short: { collected: 'Collected', settled: 'Settled', onTimeShare: 'On time', satisfaction: 'Content', stayedShare: 'In grid' },
  },
}

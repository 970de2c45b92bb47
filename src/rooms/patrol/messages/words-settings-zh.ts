/** Rules of patrols, Chinese. */
export const settingsZh = {
  settings: {
    open: '巡查规则', title: '巡查规则', save: '保存规则', leave: '不改了', saved: '巡查规则已保存',
    hint: '对全街道有效。记录时段和保留天数是对巡查人员的承诺：缩短立即生效，延长只对以后的轨迹有效。',
    hours: '只在这个时段记录轨迹', from: '从', to: '到', onDaysOff: '休息日也记录',
    rawDays: '原始轨迹保留，天', nameDays: '轨迹保留姓名，天', shiftMinutes: '一班最长，分钟', serveMPerS: '查看时的步速，米/秒', walkMPerS: '路过时的步速，米/秒',
    coveredPercent: '走到多少算已覆盖，%', partialPercent: '走到多少算部分走到，%', passM: '多少米内算走到楼栋',
    asksAnew: '下次记录前重新征求同意', duties: '各类道路多久巡一次', otherwise: '其他道路',
    stale: '有人先保存了规则。您填写的内容还在，再保存一次就替换他人保存的。',
    unfit: { number: '“{rule}”要在 {least} 到 {most} 之间', hours: '时段的开始要早于结束', days: '原始轨迹不能比姓名留得更久', shares: '“部分走到”不能高于“已覆盖”' },
  },
}

/** Plans and routes, Chinese. */
export const planZh = {
  plan: {
    none: { title: '还没有巡查方案', hint: '新建方案：选事由、人员和班时，系统把要巡的路分成几条均衡的路线。' },
  },
}

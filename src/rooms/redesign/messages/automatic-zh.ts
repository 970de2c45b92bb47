/** Words of the automatic redesign. */
export const automaticZh = {
  title: '自动调整',
}

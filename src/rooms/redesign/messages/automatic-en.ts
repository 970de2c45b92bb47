/** Words of the automatic redesign. */
export const automaticEn = {
  title: 'Automatic redesign',
}

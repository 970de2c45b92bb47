/** Plans and routes, English. */
export const planEn = {
  plan: {
    none: { title: 'No patrol plan yet', hint: 'Draw one up: an occasion, people and a shift; the streets that are due are shared out into balanced routes.' },
  },
}

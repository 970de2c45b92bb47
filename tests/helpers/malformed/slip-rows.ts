/** Documents as a hand-made request would send them about slips: reports, reception days and acts. */

const SLIP = { lngLat: [117.600556, 36.200451], category: 'noise', title: '夜间施工扰民' }
const slip = (change: Record<string, unknown>) => ({ ...SLIP, ...change })

export const MALFORMED_REPORTS: readonly unknown[] = [
  null, 5, 'x', true, [], [SLIP], {}, slip({ lngLat: null }), slip({ lngLat: {} }), slip({ lngLat: [117.6] }), slip({ lngLat: ['117.6', '36.2'] }), slip({ lngLat: [1e300, -1e300] }),
  slip({ lngLat: [null, null] }), slip({ lngLat: [181, 0] }), slip({ lngLat: [0, 0] }), slip({ category: 5 }), slip({ category: null }), slip({ category: ['noise'] }), slip({ category: 'NOISE' }),
  slip({ title: null }), slip({ title: 5 }), slip({ title: [] }), slip({ title: '' }), slip({ title: 'x'.repeat(81) }), slip({ detail: 5 }), slip({ detail: {} }), slip({ detail: 'x'.repeat(2001) }),
  slip({ source: 'public' }), slip({ source: 5 }), slip({ source: [] }), slip({ householdId: 1e300 }), slip({ householdId: -1 }), slip({ householdId: 1.5 }), slip({ householdId: '10' }), slip({ householdId: {} }),
  slip({ householdId: 999_999 }), slip({ reporter: 5 }), slip({ reporter: [] }), slip({ reporter: 'x' }), slip({ reporter: { name: 5 } }), slip({ reporter: { name: 'x'.repeat(41) } }), slip({ reporter: { phone: 'x' } }),
  slip({ reporter: { phone: 138 } }), slip({ photos: {} }), slip({ photos: 'x' }), slip({ photos: [5] }), slip({ photos: [null] }), slip({ photos: [''] }), slip({ photos: ['AAAA'] }), slip({ photos: ['====' ] }),
  slip({ photos: ['a', 'b', 'c', 'd', 'e'] }),
]

export const MALFORMED_RECEPTIONS: readonly unknown[] = [null, {}, SLIP, 'x', 5, true, [], Array.from({ length: 501 }, () => SLIP)]

/** Of the act `return`, which takes words. */
export const MALFORMED_RETURNS: readonly unknown[] = [
  null, 5, 'x', [], {}, { note: null }, { note: '' }, { note: 5 }, { note: {} }, { note: 'x'.repeat(1001) }, { note: '请重办', photos: 'x' }, { note: '请重办', photos: [5] }, { note: '请重办', photos: [{}] },
]

/** Of the act `assign`, which names a person. */
export const MALFORMED_ASSIGNMENTS: readonly unknown[] = [
  null, [], {}, { personId: null }, { personId: 5 }, { personId: [] }, { personId: 'x' }, { personId: '00000000-0000-4000-9000-000000000099' },
]

import { describe, expect, it } from 'vitest'
import { houseName } from '@/rooms/data-exchange/operations/house-name'

describe('what a house is called', () => {
  it('is its address where that says more than its name, else its name', () => {
    expect(houseName({ name: '7号楼', address: '文昌路1号碧水苑7号楼' })).toBe('文昌路1号碧水苑7号楼')
    expect(houseName({ name: 'Palais', address: '12 Rue Grimaldi' })).toBe('Palais')
    expect(houseName({ name: '', address: '12 Rue Grimaldi' })).toBe('12 Rue Grimaldi')
    expect(houseName({ name: '7号楼', address: '' })).toBe('7号楼')
    expect(houseName(null)).toBe('')
  })
})

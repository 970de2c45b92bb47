import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NodeQueue } from '@/algorithms/routing/node-queue'

it('gives nodes by key, of equals the lower first, whatever fell meanwhile', () => {
  const step = fc.record({ node: fc.nat({ max: 39 }), key: fc.nat({ max: 30 }), takes: fc.nat({ max: 2 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const queue = new NodeQueue(40)
      const inside = new Map<number, number>()
      const takeFirst = () => {
        const [first] = [...inside].sort(([a, aKey], [b, bKey]) => aKey - bKey || a - b)
        expect(queue.least).toBe(first ? first[1] : Infinity)
        expect(queue.take()).toBe(first ? first[0] : -1)
        if (first) inside.delete(first[0])
      }
      for (const { node, key, takes } of steps) {
        if (key <= (inside.get(node) ?? Infinity)) {
          queue.offer(node, key)
          inside.set(node, key)
        }
        for (let k = 0; k < takes - 1; k++) takeFirst()
      }
      while (inside.size > 0) takeFirst()
      takeFirst()
    }),
    { numRuns: 300, seed: 2 },
  )
})

it('begins anew when cleared', () => {
  const queue = new NodeQueue(3)
  queue.offer(2, 5)
  queue.offer(1, 4)
  queue.clear()
  expect(queue.least).toBe(Infinity)
  queue.offer(2, 9)
  expect([queue.take(), queue.take()]).toEqual([2, -1])
})

import { describe, expect, it } from 'vitest'
import { judgeCarpPlan, readCarpInstance, readCarpPlan, writeCarpPlan } from '../../../helpers/check-carp'

/*
 *   0 ──4── 1 ──3── 2      edges 0: 0–1, cost 4, demand 2 · 1: 1–2, cost 3, demand 2
 *   └───────9───────┘            2: 0–2, cost 9, not required · 3: 1–2 again, cost 5, demand 1
 */
const PLAIN = '3\n4\n0 1 4 2\n1 2 3 2\n0 2 9 0\n1 2 5 1\n2\n4\n0\n0\n'
const CARPLIB = `NOMBRE : three
VERTICES : 3
ARISTAS_REQ : 3
CAPACIDAD : 4
LISTA_ARISTAS_REQ :
( 0, 1)    coste 4    demanda 2
( 1, 2)    coste 3    demanda 2
( 1, 2)    coste 5    demanda 1
LISTA_ARISTAS_NOREQ :
( 0, 2)    coste 9
DEPOSITO : 0`

describe('the evaluator of capacitated arc routing', () => {
  const instance = readCarpInstance(PLAIN)

  it('reads both formats', () => {
    expect(instance).toMatchObject({ vertices: 3, capacity: 4, depot: 0 })
    expect(instance.edges[3]).toEqual({ from: 1, to: 2, cost: 5, demand: 1 })
    expect(readCarpInstance(CARPLIB)).toMatchObject({ vertices: 3, capacity: 4, depot: 0 })
    expect(readCarpInstance(CARPLIB).edges.at(-1)).toEqual({ from: 0, to: 2, cost: 9, demand: 0 })
    expect(() => readCarpInstance('3\n4\n0 1 4 2\n')).toThrow('expected 4 edges')
    expect(() => readCarpInstance(CARPLIB.replace('REQ : 3', 'REQ : 4'))).toThrow('expected 4 required edges, got 3')
  })

  it('counts what a plan costs, the ways between included', () => {
    // 0→1 and 1→2 served, home over 1; then out to 1, 1→2 by the second edge, home.
    const text = '0:0>1 1:1>2\n3:1>2\n'
    expect(judgeCarpPlan(instance, readCarpPlan(text))).toBe(4 + 3 + 7 + 4 + 5 + 7)
    expect(writeCarpPlan(readCarpPlan(text))).toBe(text)
  })

  it.each([
    ['an edge left out', '0:0>1 1:1>2\n', 'edge 3 is not served'],
    ['an edge served twice', '0:0>1 1:1>2\n3:1>2 0:1>0\n', 'edge 0 is served twice'],
    ['more than the capacity', '0:0>1 1:1>2 3:2>1\n', 'serves 5, capacity 4'],
    ['an edge between other vertices', '0:0>2 1:1>2\n3:1>2\n', 'there is no edge 0 from 0 to 2'],
    ['an edge that need not be served', '2:0>2\n', 'edge 2 need not be served'],
    ['an edge that is not there', '9:0>1\n', 'there is no edge 9'],
    ['a step that is none', '0:0-1\n', 'got "0:0-1"'],
  ])('refuses %s', (_, text, message) => {
    expect(() => judgeCarpPlan(instance, readCarpPlan(text))).toThrow(message)
  })
})

import { expect, it } from 'vitest'
import { readGpxWalks, type GpxGround } from '@/rooms/patrol/operations/read-gpx-walks'
import { GPX_FILES } from '../../helpers/malformed/gpx-files'

const GROUND: GpxGround = {
  nowMs: Date.parse('2026-11-20T12:00:00+08:00'),
  hours: { fromMinute: 420, toMinute: 1260, onDaysOff: true, day: '2026-11-20', isRecorded: true },
  bounds: [117, 36, 117.1, 36.1],
}

it.each(GPX_FILES)('a walk of $what is refused with a code and a line, whole', ({ bytes }) => {
  const { walks, fault } = readGpxWalks('a.gpx', bytes, GROUND)
  const faults = fault ? [fault] : walks.map((walk) => walk.fault)
  expect(faults.length).toBeGreaterThan(0)
  for (const one of faults) {
    expect(one?.code).toMatch(/^[a-z_]+$/)
    expect(Number(one?.values.line)).toBeGreaterThan(0)
  }
})

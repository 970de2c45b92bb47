import { expect, it } from 'vitest'
import ExportPane from '@/rooms/data-exchange/components/ExportPane.vue'
import { makeSnapshot } from '../../fixtures/make-snapshot'
import { makeWorkspace, mountRoom } from '../mount-room'

it('what is exported bears the name of the street, not of the work zone its first community lies in', async () => {
  const snapshot = makeSnapshot()
  const { orgUnits } = snapshot
  const street = orgUnits.id[orgUnits.level.indexOf('street')]
  const zone = {
    id: [...orgUnits.id, 900],
    parentId: [...orgUnits.parentId.map((parent, k) => (orgUnits.level[k] === 'community' ? 900 : parent)), street],
    level: [...orgUnits.level, 'work_zone' as const],
    code: [...orgUnits.code, '990101001900'],
    name: [...orgUnits.name, '东片党建工作区'],
    initials: [...orgUnits.initials, 'dpdjgzq'],
    kind: [...orgUnits.kind, null],
  }
  const { page } = await mountRoom(ExportPane, { workspace: makeWorkspace({ ...snapshot, orgUnits: zone }) })
  expect(page.text()).toContain('高庄街道')
  expect(page.text()).not.toContain('东片党建工作区')
})

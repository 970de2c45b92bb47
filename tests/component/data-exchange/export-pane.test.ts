import { DataError } from '@/data/errors'
import { saveFile } from '@/rooms/data-exchange/components/save-file'
import { recordExport } from '@/rooms/data-exchange/repository'
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import ExportPane from '@/rooms/data-exchange/components/ExportPane.vue'
import { makeSnapshot } from '../../fixtures/make-snapshot'
import { makeWorkspace, mountRoom } from '../mount-room'

vi.mock('@/rooms/data-exchange/repository', () => ({ recordExport: vi.fn() }))
vi.mock('@/rooms/data-exchange/components/save-file', () => ({ saveFile: vi.fn() }))

it('is handed out for a reason only, once it is on record, with the watermark and the number of rows', async () => {
  const { page } = await mountRoom(ExportPane)
  const csv = page.get('[data-test=export-csv]')
  await csv.trigger('click')
  expect(page.get('[role=alert]').text()).toContain('请写明事由')
  expect(recordExport).not.toHaveBeenCalled()

  await page.get('input').setValue(' 报区里汇总 ')
  vi.mocked(recordExport).mockRejectedValueOnce(new DataError('not_allowed', 'not_allowed'))
  await csv.trigger('click')
  await flushPromises()
  expect(page.get('[role=alert]').text()).toContain('您的岗位不能这样做')
  expect(saveFile).not.toHaveBeenCalled()

  vi.mocked(recordExport).mockResolvedValue({ watermark: '=李* 高庄街道 2026-11-21 09:00 0A1B2C3D' })
  await csv.trigger('click')
  await flushPromises()
  await page.get('[data-test=export-geojson]').trigger('click')
  await flushPromises()
  expect(csv.attributes('aria-disabled')).toBeUndefined()
  const [table, collection] = vi.mocked(saveFile).mock.calls.map(([, , , text]) => text)
  const rows = (JSON.parse(collection) as { features: unknown[] }).features.length
  expect(rows).toBeGreaterThan(0)
  expect(vi.mocked(recordExport).mock.calls.slice(1)).toEqual([
    ['grids', '报区里汇总', rows, { format: 'csv', land: 1 }], ['grids', '报区里汇总', rows, { format: 'geojson', land: 1 }],
  ])
  expect(table.split('\r\n').slice(-3)).toEqual(["水印,'=李* 高庄街道 2026-11-21 09:00 0A1B2C3D", `行数,${rows}`, ''])
  expect(JSON.parse(collection)).toMatchObject({ export: { watermark: '=李* 高庄街道 2026-11-21 09:00 0A1B2C3D', rows } })
})

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

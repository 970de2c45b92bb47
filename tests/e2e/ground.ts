import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { Page } from 'playwright-core'
import WebSocket from 'ws'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { toLngLat } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { decodeSnapshot, type SnapshotJson } from '@/data/scope-snapshot'
import type { Product } from './harness'

/** A caller of the product's interface beside the page, signed in by role. */
export async function callerAs(product: Product, role: string): Promise<SupabaseClient> {
  globalThis.WebSocket ??= WebSocket as never
  const config = (await (await fetch(new URL('/app-config.json', product.server.url))).json()) as { anonKey: string }
  const client = createClient(product.server.url, config.anonKey, { auth: { persistSession: false } })
  const { email, password } = product.accountOf(role)
  const { error } = await client.auth.signInWithPassword({ email, password })
  if (error) throw error
  return client
}

export async function readScope(client: SupabaseClient, landId?: number): Promise<Scope> {
  const id = landId ?? ((await client.from('lands').select('id').order('id').limit(1)).data?.[0]?.id as number)
  const { data, error } = await client.rpc('scope_snapshot', { p_land: id })
  if (error) throw error
  return decodeSnapshot(data as SnapshotJson, buildCellAdjacency)
}

/** Where one can paint: cells of one grid along its border with another of the same community. */
export interface PaintSite {
  from: string
  to: string
  /** Cell indices of `from` beside `to`; each may go over without `from` falling apart. */
  cells: number[]
}

/** The longest row of lived-in border cells that may each change hands, between two grids of one community. */
export function findPaintSite(scope: Scope): PaintSite {
  const { cellGrid, grids } = scope.current
  const { start, neighbour } = scope.adjacency
  const beside = new Map<string, number[]>()
  for (let cell = 0; cell < cellGrid.length; cell++) {
    const own = cellGrid[cell]
    if (own < 0 || scope.cellStats.households[cell] === 0) continue
    const others = new Set([...neighbour.subarray(start[cell], start[cell + 1])].map((other) => cellGrid[other]))
    for (const other of others) {
      if (other < 0 || other === own || grids[other].community !== grids[own].community) continue
      const rest = [...cellGrid.keys()].filter((one) => cellGrid[one] === own && one !== cell)
      if (rest.length > 3 && isConnected(rest, scope)) {
        const key = `${own} ${other}`
        beside.set(key, [...(beside.get(key) ?? []), cell])
      }
    }
  }
  const [key, cells] = [...beside].sort((a, b) => b[1].length - a[1].length)[0]
  const [own, other] = key.split(' ').map(Number)
  return { from: grids[own].name, to: grids[other].name, cells }
}

function isConnected(cells: readonly number[], scope: Scope): boolean {
  const { start, neighbour } = scope.adjacency
  const left = new Set(cells)
  const queue = [cells[0]]
  left.delete(cells[0])
  while (queue.length > 0) {
    const cell = queue.pop()!
    for (const other of neighbour.subarray(start[cell], start[cell + 1])) if (left.delete(other)) queue.push(other)
  }
  return left.size === 0
}

/** Label point of a cell, degrees. */
export function cellAt(scope: Scope, cell: number): LngLat {
  const { cellLabelXY, frame } = scope.land
  return toLngLat(frame, cellLabelXY[2 * cell], cellLabelXY[2 * cell + 1])
}

/** Wait until the map has drawn all it was given; a page may lie over it, which it is drawn under all the same. */
export async function mapDrawn(page: Page): Promise<void> {
  await page.locator('[data-drawn=yes]').waitFor({ state: 'attached' })
}

/** Web Mercator pixels of the world at a zoom; tiles of 512. */
function worldPixels([lng, lat]: LngLat, zoom: number): [number, number] {
  const size = 512 * 2 ** zoom
  const phi = (lat * Math.PI) / 180
  return [((lng + 180) / 360) * size, (0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)) * size]
}

/** The view that the map has drawn: longitude, latitude, zoom. */
export async function drawnView(page: Page): Promise<number[]> {
  await mapDrawn(page)
  return ((await page.locator('[data-drawn]').getAttribute('data-at')) ?? '').split(',').map(Number)
}

/** Opens a room with the map on a position, and waits until the map is there. */
export async function lookAt(page: Page, room: string, at: LngLat, zoom: number): Promise<void> {
  await page.goto(viewOf(room, at, zoom))
  await page.waitForFunction(
    ([lng, lat, wantedZoom]) => {
      const drawn = document.querySelector<HTMLElement>('[data-drawn=yes]')?.dataset.at?.split(',').map(Number)
      return drawn && Math.hypot(drawn[0] - lng, drawn[1] - lat) < 2e-5 && Math.abs(drawn[2] - wantedZoom) < 0.02
    },
    [at[0], at[1], zoom] as const,
  )
}

/** Where a position lies on the page, in the view that the map has drawn. */
export async function screenOf(page: Page, at: LngLat): Promise<{ x: number; y: number }> {
  const [lng, lat, zoom] = await drawnView(page)
  const box = (await page.locator('.maplibregl-canvas').boundingBox())!
  const [centre, point] = [worldPixels([lng, lat], zoom), worldPixels(at, zoom)]
  return { x: box.x + box.width / 2 + point[0] - centre[0], y: box.y + box.height / 2 + point[1] - centre[1] }
}

/** Address of a room with the map on a position. */
export const viewOf = (room: string, [lng, lat]: LngLat, zoom: number) =>
  `/#/${room}?at=${lng.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`

import type { GestureMode, MapEngine } from '@/map/contracts'
import { GestureController } from '@/map/gesture-controller'
import { MapUpdater } from '@/map/map-updater'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

function fakeMap() {
  const layers = new Set<string>()
  const sources = new Map<string, { setData: ReturnType<typeof vi.fn> }>()
  return {
    layers,
    sources,
    addSource: vi.fn((id: string) => sources.set(id, { setData: vi.fn() })),
    getSource: (id: string) => sources.get(id),
    removeSource: vi.fn((id: string) => sources.delete(id)),
    addLayer: vi.fn((layer: { id: string }, before?: string) => void [layers.add(layer.id), before]),
    removeLayer: vi.fn((id: string) => layers.delete(id)),
    getLayer: (id: string) => (layers.has(id) ? { id } : undefined),
    setPaintProperty: vi.fn(),
    setLayoutProperty: vi.fn(),
    setFeatureState: vi.fn(),
  }
}

describe('updates of the map', () => {
  const made = () => {
    const map = fakeMap()
    const updater = new MapUpdater(map as unknown as MapLibreMap)
    updater.open()
    return { map, updater }
  }

  it('lets the last data before a frame win, and waits for a source that is not there yet', () => {
    const { map, updater } = made()
    updater.setData('cells', EMPTY)
    updater.flush()
    updater.putSource('cells', { type: 'geojson', data: EMPTY })
    const last = { ...EMPTY }
    updater.setData('cells', EMPTY)
    updater.setData('cells', last)
    updater.flush()
    expect(map.sources.get('cells')!.setData.mock.calls).toEqual([[last]])
  })

  it('drops a source after the layers that drew it', () => {
    const { map, updater } = made()
    updater.putSource('picture', { type: 'geojson', data: EMPTY })
    const takeAway = updater.addLayers('theme', [{ id: 'picture:fill', type: 'fill', source: 'picture' }])
    updater.flush()
    takeAway()
    updater.dropSource('picture')
    updater.dropSource('never there')
    updater.flush()
    expect(map.removeSource.mock.calls).toEqual([['picture']])
    expect(map.removeSource.mock.invocationCallOrder[0]).toBeGreaterThan(map.removeLayer.mock.invocationCallOrder[0])
  })

  it('sends a state only where it differs from what was sent', () => {
    const { map, updater } = made()
    updater.putSource('cells', { type: 'geojson', data: EMPTY })
    updater.setState('cells', 3, { fill: '#111', none: 0 })
    updater.flush()
    updater.setState('cells', 3, { fill: '#222', none: 0 })
    updater.setState('cells', 4, { fill: '#111' })
    updater.setState('cells', 4, { fill: '#333' })
    updater.flush()
    updater.setState('cells', 3, { fill: '#222' })
    updater.flush()
    expect(map.setFeatureState.mock.calls).toEqual([
      [{ source: 'cells', id: 3 }, { fill: '#111', none: 0 }],
      [{ source: 'cells', id: 3 }, { fill: '#222' }],
      [{ source: 'cells', id: 4 }, { fill: '#333' }],
    ])
  })

  it('puts a layer beneath the anchor of the next band, and takes it away', () => {
    const { map, updater } = made()
    const remove = updater.addLayers('grids', [{ id: 'a', type: 'background' }])
    updater.flush()
    expect(map.addLayer).toHaveBeenCalledWith({ id: 'a', type: 'background' }, 'anchor:theme')
    remove()
    updater.flush()
    expect(map.layers.size).toBe(0)
  })
})

describe('gestures', () => {
  let host: HTMLElement
  let controller: GestureController
  const pan = { enable: vi.fn(), disable: vi.fn() }
  const leave = vi.fn()
  const mode = { id: 'brush', cursor: 'crosshair', down: vi.fn(), move: vi.fn(), up: vi.fn(), cancel: vi.fn(() => true), enter: vi.fn(), leave: vi.fn() }

  beforeEach(() => {
    vi.clearAllMocks()
    host = document.body.appendChild(document.createElement('div'))
    host.tabIndex = 0
    controller = new GestureController(host, { unproject: () => [117, 36] } as unknown as MapEngine, pan, leave)
    controller.set(mode satisfies GestureMode)
  })
  afterEach(() => {
    controller.destroy()
    host.remove()
  })

  const point = (type: string, pointerId = 1, button = 0): void => {
    const event = new MouseEvent(type, { bubbles: true, button, clientX: 10, clientY: 20 })
    Object.defineProperty(event, 'pointerId', { value: pointerId })
    host.dispatchEvent(event)
  }
  const key = (type: string, code: string, name = code): boolean =>
    host.dispatchEvent(new KeyboardEvent(type, { code, key: name, bubbles: true, cancelable: true }))

  it('draws with one pointer and hands over where it is', () => {
    point('pointerdown')
    point('pointermove')
    point('pointerup')
    expect(mode.down).toHaveBeenCalledWith(expect.objectContaining({ at: [117, 36], pressed: true, screen: { x: 10, y: 20 } }))
    expect(mode.move).toHaveBeenCalledOnce()
    expect(mode.up).toHaveBeenCalledOnce()
  })

  it('pans while space is held and draws again after', () => {
    key('keydown', 'Space', ' ')
    expect(pan.enable).toHaveBeenCalledOnce()
    point('pointerdown')
    expect(mode.down).not.toHaveBeenCalled()
    point('pointerup')
    key('keyup', 'Space', ' ')
    expect(pan.disable).toHaveBeenCalled()
    point('pointerdown')
    expect(mode.down).toHaveBeenCalledOnce()
  })

  it('pans with space over the map, though the focus was left on a button, and shows so', () => {
    const button = document.body.appendChild(document.createElement('button'))
    const press = (type: string) => button.dispatchEvent(new KeyboardEvent(type, { code: 'Space', key: ' ', bubbles: true, cancelable: true }))
    press('keydown')
    expect(pan.enable).not.toHaveBeenCalled()
    point('pointermove')
    // Not prevented the key would press the button again when it comes up.
    expect(press('keydown')).toBe(false)
    expect(pan.enable).toHaveBeenCalledOnce()
    expect(host.style.cursor).toBe('grab')
    point('pointerdown')
    expect(host.style.cursor).toBe('grabbing')
    point('pointerup')
    controller.showCursor('move')
    expect(host.style.cursor).toBe('grab')
    expect(press('keyup')).toBe(false)
    expect(host.style.cursor).toBe('move')
    button.remove()
  })

  it('counts presses in quick succession on one place', () => {
    for (let k = 0; k < 2; k++) {
      point('pointerdown')
      point('pointerup')
    }
    expect(mode.down.mock.calls.map(([event]) => (event as { taps: number }).taps)).toEqual([1, 2])
  })

  it('takes a second finger for a pan: the stroke begun is cancelled', () => {
    point('pointerdown', 1)
    point('pointerdown', 2)
    expect(mode.cancel).toHaveBeenCalledOnce()
    expect(pan.enable).toHaveBeenCalledOnce()
    point('pointerup', 1)
    point('pointerup', 2)
    expect(mode.up).not.toHaveBeenCalled()
  })

  it('cancels with Esc, and leaves with Esc where nothing was provisional', () => {
    key('keydown', 'Escape')
    expect(leave).not.toHaveBeenCalled()
    mode.cancel.mockReturnValueOnce(false)
    key('keydown', 'Escape')
    expect(leave).toHaveBeenCalledOnce()
  })

  it('leaves Esc to a dialog that is open, but not to one that is closed and stays in the page', () => {
    document.body.insertAdjacentHTML('beforeend', '<div class="overlay"><div role="dialog" aria-modal="true"></div></div>')
    const overlay = document.querySelector<HTMLElement>('.overlay')!
    key('keydown', 'Escape')
    expect(mode.cancel).not.toHaveBeenCalled()
    overlay.style.display = 'none'
    key('keydown', 'Escape')
    expect(mode.cancel).toHaveBeenCalledOnce()
    overlay.remove()
  })
})

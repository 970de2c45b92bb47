import type { LngLatBounds } from '@/core/units'
import { watch } from 'vue'
import { addExchangeLayers, showChange, showExtents, showFindings, showFocus, showPreview } from '../layers'
import { CHANGE_PARTS, changeFeatures } from '../operations/change-features'
import { boundsIn } from '../operations/landing-of'
import { findingFeatures, previewFeatures, PREVIEW_PARTS } from '../operations/preview-features'
import { useRoom } from './use-room'

/** Keeps the map in step with the import: boxes of files, then the dry run, places of findings, the place looked at. */
export function usePreview(): { enter(): void; leave(): void } {
  const { store, map } = useRoom()
  let takeAway: (() => void) | null = null
  let isWanted = false
  const stops: (() => void)[] = []
  /** Counts drawings: one that was overtaken stops. */
  let turns = 0

  function drawExtents(): void {
    if (store.run !== null || store.step === 'store') return showExtents(map, [])
    const extents = store.usable.flatMap(({ file, summary, system }) => {
      const bounds = system === null ? null : boundsIn(summary!, system)
      return bounds === null ? [] : [{ name: file.name, bounds }]
    })
    showExtents(map, extents)
    if (extents.length > 0 && store.step === 'systems') map.fit(union(extents.map(({ bounds }) => bounds)), { maxZoom: 16, animate: false })
  }

  async function drawRun(): Promise<void> {
    const turn = ++turns
    const run = store.done === null ? store.run : null
    if (run?.bounds) map.fit(run.bounds, { animate: false })
    showFindings(map, run === null ? null : findingFeatures(run.findings))
    const change = run === null ? null : (store.changing.run?.change ?? null)
    for (const part of CHANGE_PARTS) showChange(map, part, change === null ? null : changeFeatures(change, store.changing.standing!, part))
    const prepared = run === null ? null : (store.dryRun?.prepared ?? null)
    for (const part of PREVIEW_PARTS) {
      showPreview(map, part, prepared === null ? null : previewFeatures(prepared, part))
      // Tens of thousands of outlines in one go would hold the page; a turn between parts lets it answer.
      if (prepared !== null) await new Promise((resolve) => setTimeout(resolve, 30))
      if (turn !== turns) return
    }
  }

  return {
    enter() {
      isWanted = true
      void map.ready.then(() => {
        // Left again, or entered twice, before the map was there.
        if (!isWanted || takeAway) return
        takeAway = addExchangeLayers(map)
        stops.push(
          watch([() => store.usable, () => store.step, () => store.run], drawExtents, { immediate: true }),
          watch([() => store.run, () => store.done], drawRun, { immediate: true }),
          watch(() => store.focus, (at) => showFocus(map, at), { immediate: true }),
        )
      })
    },
    leave() {
      isWanted = false
      turns++
      for (const stop of stops.splice(0)) stop()
      takeAway?.()
      takeAway = null
    },
  }
}

const union = (list: readonly LngLatBounds[]): LngLatBounds => [
  Math.min(...list.map(([west]) => west)),
  Math.min(...list.map(([, south]) => south)),
  Math.max(...list.map(([, , east]) => east)),
  Math.max(...list.map(([, , , north]) => north)),
]

import type { Workspace } from '@/core/workspace'
import type { DataError } from '@/data/errors'
import { toDataError } from '@/data/errors'
import { listLands } from '@/data/lands'
import { JobError } from '@/jobs/job'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { createChanging, isOutdated } from './changing'
import { createChosenFiles, isUsable } from './chosen-files'
import { runDryRun } from './jobs/dry-run/run-dry-run'
import { DEFAULT_HOUSEHOLD_RULE } from './model'
import type { BoundaryChoice, GridLimits, ImportFinding, ImportOptions, ImportWords, RoomWords } from './model'
import { initialsOf } from './operations/initials-of'
import { packChunks } from './operations/pack-chunks'
import type { DryRun } from './prepared-import'
import { listUnits, storeImport } from './repository'
import type { ImportDone, LandMeta, StoreWatch, UnitRow } from './repository'

export const STEPS = ['files', 'systems', 'dryRun', 'store'] as const
export type Step = (typeof STEPS)[number]

const DEFAULT_LIMITS: Readonly<Record<'urban' | 'rural', GridLimits>> = {
  urban: { lower: 300, upper: 500, target: 400 },
  rural: { lower: 80, upper: 250, target: 150 },
}

/** What keeps a step from being left forwards, as a message key with values; null where nothing does. */
export interface Hindrance {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** A street the person may store to; with the land it has, or none yet. */
export interface Target extends UnitRow {
  readonly landId: number | null
}

/** View state of an import from the first file to the land stored. Rows stay in workers; geometry only in the dry run's result. */
export const useExchangeStore = defineStore('data-exchange', () => {
  const workspace = shallowRef<Workspace | null>(null)
  const chosen = createChosenFiles()
  const changing = createChanging()
  /** Land in, or grids out. */
  const tab = ref<'import' | 'export'>('import')
  const step = ref<Step>('files')
  const boundary = shallowRef<BoundaryChoice>({ kind: 'extent', paddingM: 50 })
  const rule = ref({ ...DEFAULT_HOUSEHOLD_RULE })
  const communityKind = ref<'urban' | 'rural'>('urban')
  const units = shallowRef<readonly Target[]>([])
  /** The unit below which a street is made, and whether the person may make one. */
  const parent = shallowRef<{ id: number; mayCreate: boolean } | null>(null)
  const targetId = ref<number | 'new'>('new')
  const street = ref({ name: '', code: '' })

  const dryRun = shallowRef<DryRun | null>(null)
  const ranWith = ref('')
  const running = shallowRef<{ share: number; pass: string } | null>(null)
  const runFault = ref<string | null>(null)
  const storing = shallowRef<{ stage: 'starting' | 'sending' | 'committing' | 'opening'; done: number } | null>(null)
  const storeFault = shallowRef<DataError | null>(null)
  const cancelled = ref<'run' | 'store' | null>(null)
  const done = shallowRef<{ answer: ImportDone; seconds: number; streetName: string } | null>(null)
  const runSeconds = ref(0)
  /** Place of the finding looked at. */
  const focus = shallowRef<readonly [number, number] | null>(null)
  let abort: AbortController | null = null

  const files = computed(() => chosen.list.value)
  const usable = computed(() => files.value.filter(isUsable))
  const limits = computed<GridLimits>(() => workspace.value?.scope.get()?.settings[communityKind.value] ?? DEFAULT_LIMITS[communityKind.value])
  const target = computed(() => (targetId.value === 'new' ? null : (units.value.find((unit) => unit.id === targetId.value) ?? null)))
  /** The street has land: the files change it. */
  const changes = computed(() => target.value?.landId != null)
  const run = computed(() => dryRun.value ?? changing.run.value)
  const ready = computed(() => dryRun.value?.prepared != null || (changing.run.value?.change != null && (changing.check.value?.errorCount ?? 1) === 0))

  function options(words: ImportWords): ImportOptions {
    return {
      files: usable.value.map(({ system, layer, mapping }) => ({ system, layer, mapping })),
      boundary: boundary.value,
      households: { ...rule.value },
      communityKind: communityKind.value,
      street: target.value === null ? { ...street.value } : { name: target.value.name, code: target.value.code },
      districtBounds: workspace.value?.scope.get()?.bounds ?? null,
      limits: { ...limits.value },
      words,
    }
  }

  /** Everything a dry run depends on but the words. */
  const settings = computed(() =>
    JSON.stringify([
      usable.value.map(({ key, system, layer, mapping }) => [key, system, layer, mapping]),
      boundary.value, rule.value, communityKind.value, target.value?.code ?? street.value.code, limits.value,
      changes.value ? changing.mode.value : null,
    ]),
  )
  const stale = computed(() => run.value !== null && ranWith.value !== settings.value)

  const findings = computed<readonly ImportFinding[]>(() => {
    if (run.value !== null) return run.value.findings
    return files.value.flatMap(({ summary }, file) => summary?.findings.map((finding) => ({ ...finding, file })) ?? [])
  })
  const findingCounts = computed<Readonly<Record<string, number>>>(() => {
    if (run.value !== null) return run.value.findingCounts
    const counts: Record<string, number> = {}
    for (const { summary } of files.value) {
      for (const [code, count] of Object.entries(summary?.findingCounts ?? {})) counts[code] = (counts[code] ?? 0) + count
    }
    return counts
  })
  /** Names of the files the findings speak of, by their number. */
  const fileNames = computed(() => (run.value === null ? files.value : usable.value).map(({ file }) => file.name))
  const blockers = computed(() => findings.value.filter((finding) => finding.severity === 'blocker').length)

  const hasBuildings = computed(() => usable.value.some(({ summary, layer }) => layer === 'building' || summary!.layers.building || summary!.layers.unknown))

  const hindrance = computed<Hindrance | null>(() => {
    if (step.value === 'files') {
      if (files.value.length === 0) return { key: 'files.none' }
      if (files.value.some(({ state }) => state === 'reading')) return { key: 'files.waiting' }
      if (usable.value.length === 0) return { key: 'files.nothing' }
      // A street alone can change land that is there; without any there must be houses.
      if (!hasBuildings.value && !units.value.some(({ landId }) => landId !== null)) return { key: 'files.noBuildings' }
      return null
    }
    if (step.value === 'systems') {
      const open = usable.value.filter(({ system }) => system === null).length
      if (open > 0) return { key: 'system.notChosen', values: { n: open } }
      if (parent.value === null) return { key: 'land.noRight' }
      if (targetId.value === 'new') {
        if (!parent.value.mayCreate) return { key: 'land.noTarget' }
        if (street.value.name.trim() === '') return { key: 'land.nameMissing' }
        if (!/^\d{12}$/.test(street.value.code)) return { key: 'land.codeInvalid' }
      }
      if (!changes.value && !hasBuildings.value) return { key: 'files.noBuildings' }
      if (changes.value && changing.mode.value === null) return { key: 'change.modeMissing' }
      return null
    }
    if (step.value === 'dryRun') {
      if (running.value !== null || run.value === null) return { key: 'run.notRun' }
      if (stale.value) return { key: 'run.stale' }
      if (!ready.value) return { key: 'run.blocked', values: { n: Math.max(blockers.value, changing.check.value?.errorCount ?? 0) } }
      if (changing.undecided.value > 0) return { key: 'change.undecided', values: { n: changing.undecided.value } }
    }
    return null
  })

  /** Where the person may store: streets below his unit, or his own street; those with land are changed. */
  async function loadTargets(): Promise<void> {
    const session = workspace.value?.session.get()
    const post = session?.posts.find(({ role }) => role === 'district_admin') ?? session?.posts.find(({ role }) => role === 'street_officer')
    if (!post) return
    const mayCreate = post.role === 'district_admin'
    parent.value = { id: post.orgUnitId, mayCreate }
    const landOf = new Map((await listLands()).map((land) => [land.orgUnitId, land.id]))
    const below = mayCreate
      ? (await listUnits(post.orgUnitId)).filter(({ level }) => level === 'street')
      : [{ id: post.orgUnitId, name: post.orgName, code: codeOfUnit(post.orgUnitId), level: 'street', households: 0 }]
    units.value = below.map((unit) => ({ ...unit, landId: landOf.get(unit.id) ?? null }))
    if (!mayCreate && units.value[0]) targetId.value = units.value[0].id
    if (street.value.code === '') street.value.code = freeCode(below.map(({ code }) => code))
  }

  const codeOfUnit = (id: number): string =>
    workspace.value?.scope.get()?.orgUnits.find((unit) => unit.id === id)?.code ?? ''

  /** First code of the district that no street of it has, from 901 on: real codes are given from 001. */
  function freeCode(codes: readonly string[]): string {
    const district = codes[0]?.slice(0, 6) ?? workspace.value?.scope.get()?.orgUnits.find(({ level }) => level === 'district')?.code.slice(0, 6) ?? ''
    if (district.length !== 6) return ''
    for (let number = 901; number < 1_000; number++) {
      const code = `${district}${number}000`
      if (!codes.includes(code)) return code
    }
    return ''
  }

  async function startRun(words: RoomWords): Promise<void> {
    abort = new AbortController()
    const { signal } = abort
    dryRun.value = null
    changing.forget()
    runFault.value = null
    cancelled.value = null
    focus.value = null
    running.value = { share: 0, pass: 'read' }
    const runWith = settings.value
    const begun = performance.now()
    const list = usable.value.map(({ file }) => file)
    const plain = JSON.parse(JSON.stringify(options(words))) as ImportOptions
    const progress = (share: number, pass: string) => (running.value = { share, pass })
    try {
      if (changes.value) await changing.start(target.value!.landId!, list, plain, words, { signal, progress })
      else dryRun.value = markRaw(await runDryRun({ files: list, options: plain }, { signal, onProgress: progress }))
      runSeconds.value = (performance.now() - begun) / 1000
      ranWith.value = runWith
    } catch (error) {
      if (signal.aborted || (error instanceof JobError && error.code === 'aborted')) cancelled.value = 'run'
      else runFault.value = (error as Error).message
    } finally {
      running.value = null
    }
  }

  async function startStore(words: RoomWords): Promise<void> {
    if (!ready.value || parent.value === null) return
    abort = new AbortController()
    storeFault.value = null
    cancelled.value = null
    storing.value = { stage: 'starting', done: 0 }
    const begun = performance.now()
    const streetName = target.value?.name ?? street.value.name.trim()
    const watch: StoreWatch = { signal: abort.signal, progress: (stage, share) => (storing.value = { stage, done: share }) }
    try {
      const answer = changes.value ? await changing.store(rule.value, words, words.changeNote, watch) : await storeNew(streetName, words, watch)
      storing.value = { stage: 'opening', done: 1 }
      done.value = { answer, seconds: (performance.now() - begun) / 1000, streetName }
      // The land that is open is stale now; opening it again loads it anew.
      await workspace.value?.openLand(answer.landId)
      workspace.value?.focusUnitId.set(answer.orgUnitId)
    } catch (error) {
      if (abort.signal.aborted) cancelled.value = 'store'
      else storeFault.value = toDataError(error)
      // Somebody changed the land since: what was seen of it does not hold.
      if (isOutdated(storeFault.value)) ranWith.value = ''
    } finally {
      storing.value = null
    }
  }

  function storeNew(name: string, words: ImportWords, watch: StoreWatch): Promise<ImportDone> {
    const { prepared, report } = dryRun.value!
    const made = target.value === null
      ? { street: { code: street.value.code, name, initials: initialsOf(name), parentId: parent.value!.id } }
      : {}
    const meta: LandMeta = { frame: prepared!.land.frame, source: report, ...made }
    return storeImport('land', target.value?.id ?? parent.value!.id, meta, packChunks(prepared!, rule.value, words), watch)
  }

  function reset(): void {
    chosen.clear()
    dryRun.value = null
    changing.forget()
    changing.mode.value = null
    done.value = null
    storeFault.value = null
    cancelled.value = null
    focus.value = null
    street.value = { name: '', code: '' }
    targetId.value = 'new'
    boundary.value = { kind: 'extent', paddingM: 50 }
    step.value = 'files'
  }

  return {
    workspace, files, usable, tab, step, boundary, rule, communityKind, units, parent, targetId, target, street, limits,
    changes, changing, run, ready, dryRun, running, runFault, runSeconds, storing, storeFault, cancelled, done, stale, findings, findingCounts, fileNames,
    blockers, hindrance, focus,
    addFiles: chosen.add,
    removeFile(key: number): void {
      chosen.remove(key)
      dryRun.value = null
      changing.forget()
      boundary.value = { kind: 'extent', paddingM: 50 }
    },
    changeFile: chosen.change,
    loadTargets, startRun, startStore, reset,
    cancel: () => abort?.abort(),
  }
})

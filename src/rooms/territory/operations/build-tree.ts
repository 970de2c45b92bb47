import type { OrgUnit, Scope } from '@/core/scope'
import { seesHouseholds, sumCells } from '@/core/sum-cells'
import { gridTitle } from '@/core/unit-names'
import type { ShownGrids } from '@/core/workspace'

/** A node of the organisation tree: a unit, or a grid of a community. */
export interface TreeNode {
  readonly key: string
  readonly kind: OrgUnit['level'] | 'grid'
  readonly name: string
  /** What the filter looks at: name, initials and code. */
  readonly words: string
  readonly unitId: number | null
  readonly gridId: string | null
  readonly households: number | null
  readonly grids: number | null
  readonly children: readonly TreeNode[]
}

const naturally = new Intl.Collator('zh-CN', { numeric: true })

/**
 * The organisation below the highest unit the caller sees, with the grids as shown under their communities. Households
 * of a unit are the sum of its parts, so the figures add up at every level.
 */
export function buildTree(scope: Scope, shown: ShownGrids): TreeNode[] {
  const gridSums = sumCells(scope, shown.cellGrid, shown.grids.length)
  const communitySums = sumCells(scope, scope.land.cellCommunity, scope.communities.length)
  const known = seesHouseholds(scope)
  const communityIndex = new Map(scope.communities.map((unit, index) => [unit.id, index]))
  const childrenOf = new Map<number | null, OrgUnit[]>()
  const ids = new Set(scope.orgUnits.map((unit) => unit.id))
  for (const unit of scope.orgUnits) {
    const parent = unit.parentId !== null && ids.has(unit.parentId) ? unit.parentId : null
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), unit])
  }
  const gridsOf = new Map<number, TreeNode[]>()
  shown.grids.forEach((grid, index) => {
    if (!grid) return
    const title = gridTitle(grid, scope)
    const node: TreeNode = {
      key: `g${grid.id}`,
      kind: 'grid',
      name: title,
      words: `${title} ${grid.name} ${grid.code}`.toLowerCase(),
      unitId: null,
      gridId: grid.id,
      households: known ? gridSums.households[index] : null,
      grids: null,
      children: [],
    }
    gridsOf.set(grid.community, [...(gridsOf.get(grid.community) ?? []), node])
  })
  const node = (unit: OrgUnit): TreeNode => {
    const index = communityIndex.get(unit.id)
    const grids = index === undefined ? [] : (gridsOf.get(index) ?? []).sort((p, q) => naturally.compare(p.name, q.name))
    const units = (childrenOf.get(unit.id) ?? []).sort((p, q) => naturally.compare(p.code, q.code)).map(node)
    const below = [...grids, ...units]
    const sum = (pick: (child: TreeNode) => number | null): number | null => {
      const known = below.map(pick).filter((value) => value !== null)
      return known.length ? known.reduce((total, value) => total + value, 0) : null
    }
    return {
      key: `u${unit.id}`,
      kind: unit.level,
      name: unit.name,
      words: `${unit.name} ${unit.initials} ${unit.code}`.toLowerCase(),
      unitId: unit.id,
      gridId: null,
      households: index === undefined ? sum((child) => (child.kind === 'grid' ? null : child.households)) : known ? communitySums.households[index] : null,
      grids: index === undefined ? sum((child) => child.grids) : grids.length,
      children: below,
    }
  }
  return (childrenOf.get(null) ?? []).map(node)
}

/** Nodes that match or hold a match; all where the filter is empty. */
export function filterTree(nodes: readonly TreeNode[], filter: string): TreeNode[] {
  const wanted = filter.trim().toLowerCase()
  if (wanted === '') return [...nodes]
  return nodes.flatMap((node) => {
    if (node.words.includes(wanted)) return [node]
    const children = filterTree(node.children, wanted)
    return children.length ? [{ ...node, children }] : []
  })
}

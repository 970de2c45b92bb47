import { createAssignmentSession } from '@/core/assignment/create-assignment-session'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import { LATTICE_M, makeLandFrame, toLngLat } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import { layOutHouseholds } from '@/rooms/assignment/operations/lay-out-households'
import type { Picture } from '@/rooms/assignment/picture'
import { makeContactWorld, STREET_ID, type ContactWorldOptions } from './contact-world'

/** Frame of the made-up street. */
export const PICTURE_FRAME = makeLandFrame([117.65, 36.2])
/** Each building is a slab, metres, its corner at its place in the world. */
const SLAB_M = { width: 30, depth: 12 }

/** A picture of a made-up street: buildings with outlines, a plan of ties drawn by the seed, colours and names by index. */
export function makePicture(options: ContactWorldOptions, orgUnitId = STREET_ID): Picture {
  const world = makeContactWorld(options)
  const count = world.buildingCommunity.length
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
  const outline = new Float64Array(count * corners.length * 2)
  for (let b = 0; b < count; b++) {
    corners.forEach(([x, y], k) => {
      const at = toLngLat(PICTURE_FRAME, (world.buildingXY[2 * b] + x * SLAB_M.width) / LATTICE_M, (world.buildingXY[2 * b + 1] + y * SLAB_M.depth) / LATTICE_M)
      outline.set(at, 2 * (b * corners.length + k))
    })
  }
  const scope = {
    landId: 1,
    orgUnits: world.orgUnits,
    communities: world.communities,
    land: { frame: PICTURE_FRAME, cellCommunity: Int32Array.from(world.communities, (_, k) => k) },
    buildings: {
      count,
      ids: Int32Array.from({ length: count }, (_, b) => 500 + b),
      community: world.buildingCommunity,
      names: Array.from({ length: count }, (_, b) => `${b + 1}号楼`),
      addresses: Array.from({ length: count }, (_, b) => `文昌路${b + 1}号`),
      households: Int32Array.from({ length: count }, (_, b) => world.scope.households.building.filter((one) => one === b).length),
      outlineStart: Uint32Array.from({ length: count + 1 }, (_, b) => b * corners.length),
      outline,
    },
  } as unknown as Scope
  const session = createAssignmentSession({
    context: world.context(orgUnitId),
    document: makeAssignmentDocument(world.scope, { planId: 'p', orgUnitId, revision: 1 }),
  })
  return {
    scope,
    assignment: world.scope,
    layout: layOutHouseholds(scope, world.scope),
    session,
    colourOf: (member) => `#${String(member).padStart(6, '0')}`,
    nameOf: (member) => `王${member}`,
  }
}

import type { Role } from '@/core/workspace'
import { useObservable } from '@/ui/use-observable'
import { useWorkspace } from '@/ui/use-workspace'
import { computed, type ComputedRef } from 'vue'

/** Roles of the person signed in. */
export function useRoles(): ComputedRef<Role[]> {
  const session = useObservable(useWorkspace().session)
  return computed(() => [...new Set(session.value?.posts.map((post) => post.role) ?? [])])
}

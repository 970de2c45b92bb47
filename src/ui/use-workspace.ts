import { WORKSPACE_KEY, type Workspace } from '@/core/workspace'
import { inject } from 'vue'

/** The workspace the shell provides. Throws where a component is mounted outside the shell. */
export function useWorkspace(): Workspace {
  const workspace = inject<Workspace>(WORKSPACE_KEY)
  if (!workspace) throw new Error('Expected a workspace to be provided by the shell, got none')
  return workspace
}

import { afterEach, expect, it, vi } from 'vitest'
import { createShell } from '@/app/shell'
import { SESSION_STORAGE_KEY } from '@/data/client'

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

const answer = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** A server that knows who has signed in and then has no time for the list of lands. */
function stubServer(lands: () => Response): void {
  vi.stubGlobal('fetch', (input: RequestInfo | URL) => {
    const url = String(input instanceof Request ? input.url : input)
    if (url.includes('whoami')) {
      const posts = [{ role: 'street_officer', orgUnitId: 2, orgName: '高庄街道', landId: null }]
      return Promise.resolve(answer({ personId: 'p', name: '李*', posts, idleMinutes: 30 }))
    }
    return Promise.resolve(url.includes('/lands') ? lands() : answer({}))
  })
  const user = { id: 'u', aud: 'authenticated', email: 'a@b.example', app_metadata: {}, user_metadata: {}, created_at: '' }
  const session = { access_token: 'a.b.c', refresh_token: 'r', token_type: 'bearer', expires_in: 3600, expires_at: 4e9, user }
  localStorage.setItem(SESSION_STORAGE_KEY, JSON.stringify(session))
}

it('a list of lands that does not come is said, not waited for; asked again it goes on', async () => {
  let isSlow = true
  stubServer(() => (isSlow ? answer({ code: '57014', message: 'canceling statement' }, 400) : answer([])))
  const shell = await createShell(() => {
    throw new Error('expected no map')
  })
  await shell.start()
  const { scopeState } = shell.workspace
  await vi.waitFor(() => expect(scopeState.get()).toEqual({ status: 'failed', code: 'too_slow' }))
  isSlow = false
  await shell.workspace.reloadScope()
  await vi.waitFor(() => expect(scopeState.get()).toEqual({ status: 'none' }))
})

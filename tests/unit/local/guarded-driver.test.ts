import type { CompiledQuery, DatabaseConnection, Driver } from 'kysely'
import { describe, expect, it } from 'vitest'
import { GuardedDriver, MAX_PARAMETERS, restoreState, watchConnection } from '../../../supabase/local/database/guarded-driver'
import { SerialLock } from '../../../supabase/local/database/serial-lock'
import { translateAuthError, translateRestError } from '../../../supabase/local/http/translate-error'

const query = (text: string, parameters: unknown[] = []) => ({ sql: text, parameters }) as unknown as CompiledQuery

/** A connection that writes down who speaks, and gives way in the middle of every statement, as PGlite does. */
function recordingDriver(heard: string[], failure?: object, sent: unknown[] = []): Driver {
  const connection: DatabaseConnection = {
    async executeQuery({ sql, parameters }) {
      heard.push(`${sql}…`)
      sent.push(parameters)
      await new Promise((resolve) => setTimeout(resolve, 1))
      if (failure) throw failure
      heard.push(`…${sql}`)
      return { rows: [] }
    },
    streamQuery: () => {
      throw new Error('not offered')
    },
  }
  const nothing = async () => {}
  return {
    init: nothing, acquireConnection: async () => connection, beginTransaction: nothing, commitTransaction: nothing,
    rollbackTransaction: nothing, releaseConnection: nothing, destroy: nothing,
  }
}

describe('guarded driver', () => {
  it('keeps the statements of one caller together', async () => {
    const heard: string[] = []
    const driver = new GuardedDriver(recordingDriver(heard), new SerialLock())
    await Promise.all(
      ['a', 'b', 'c'].map(async (caller) => {
        const connection = await driver.acquireConnection()
        await connection.executeQuery(query(`${caller}1`))
        await connection.executeQuery(query(`${caller}2`))
        await driver.releaseConnection(connection)
      }),
    )
    const callers = heard.map((line) => line.replaceAll('…', '')[0])
    expect(callers.join('')).toBe('aaaabbbbcccc')
  })

  it('goes on after a caller whose statement failed', async () => {
    const driver = new GuardedDriver(recordingDriver([], { code: '22P02', message: 'no' }), new SerialLock())
    for (let round = 0; round < 3; round += 1) {
      const connection = await driver.acquireConnection()
      await expect(connection.executeQuery(query('x'))).rejects.toMatchObject({ code: '22P02' })
      await driver.releaseConnection(connection)
    }
  })

  it.each(['57P01', '57P02', '57P03', 'CONNECTION_CLOSED', 'ECONNREFUSED'])(
    'knows of a database that is away by %s, from a statement and from taking it back',
    async (code) => {
      const away = Object.assign(new Error('away'), { code })
      const failing = async () => {
        throw away
      }
      const inner = { ...recordingDriver([], away), rollbackTransaction: failing }
      const driver = new GuardedDriver(inner, null)
      const connection = await driver.acquireConnection()
      for (const act of [() => connection.executeQuery(query('x')), () => driver.rollbackTransaction(connection)]) {
        const { answer, hasLostConnection } = await watchConnection(() => act().catch((error: object) => error))
        expect(answer).toMatchObject({ code: 'PT503' })
        expect(hasLostConnection).toBe(true)
      }
    },
  )

  it('does not take a statement that was stopped for a database that is away', async () => {
    const connection = await new GuardedDriver(recordingDriver([], { code: '57014', message: 'stopped' }), null).acquireConnection()
    const { hasLostConnection } = await watchConnection(() => connection.executeQuery(query('x')).catch(() => null))
    expect(hasLostConnection).toBe(false)
  })

  it('refuses more parameters than the protocol can count', async () => {
    const heard: string[] = []
    const connection = await new GuardedDriver(recordingDriver(heard), null).acquireConnection()
    const refused = connection.executeQuery(query('x', Array.from({ length: MAX_PARAMETERS + 1 })))
    await expect(refused).rejects.toMatchObject({ code: 'PT413' })
    expect(heard).toEqual([])
  })

  it.each([
    ["select set_config('role', $1, true)", ['postgres']],
    ["SELECT set_config('role', $1, true)", ['service_role']],
    ['SET LOCAL ROLE "postgres"', []],
    ['set role supabase_admin', []],
  ])('lets no request become another role than those of the API: %s', async (text, parameters) => {
    const heard: string[] = []
    const connection = await new GuardedDriver(recordingDriver(heard), null).acquireConnection()
    await expect(connection.executeQuery(query(text, parameters))).rejects.toMatchObject({ code: '42501' })
    expect(heard).toEqual([])
    await connection.executeQuery(query("select set_config('role', $1, true)", ['anon']))
    await connection.executeQuery(query('SET LOCAL ROLE "authenticated"'))
    expect(heard).toHaveLength(4)
  })

  it('sends the settings of a transaction in one statement, before the first that means something, and never later', async () => {
    const heard: string[] = []
    const sent: unknown[] = []
    const driver = new GuardedDriver(recordingDriver(heard, undefined, sent), null)
    const connection = await driver.acquireConnection()
    const claims = async (role: string) => {
      await connection.executeQuery(query("SELECT set_config('role', $1, true)", [role]))
      await connection.executeQuery(query("SELECT set_config('request.jwt.claim.sub', $1, true)", ['x']))
      await connection.executeQuery(query('SET LOCAL ROLE "authenticated"'))
    }
    await driver.beginTransaction(connection, {})
    await claims('anon')
    await connection.executeQuery(query('a'))
    await connection.executeQuery(query('b'))
    await driver.commitTransaction(connection)
    const settings = 'select set_config($1, $2, true), set_config($3, $4, true)'
    expect(heard).toEqual([`${settings}…`, `…${settings}`, 'a…', '…a', 'b…', '…b'])
    expect(sent[0]).toEqual(['role', 'authenticated', 'request.jwt.claim.sub', 'x'])

    // What a transaction left unsent is no business of the next one.
    for (const end of ['rollbackTransaction', 'commitTransaction'] as const) {
      await driver.beginTransaction(connection, {})
      await claims('anon')
      await driver[end](connection)
      await driver.beginTransaction(connection, {})
      await connection.executeQuery(query('c'))
      await driver.rollbackTransaction(connection)
    }
    expect(heard.slice(6)).toEqual(['c…', '…c', 'c…', '…c'])
    await driver.beginTransaction(connection, {})
    await expect(claims('postgres')).rejects.toMatchObject({ code: '42501' })
  })

  it.each(['ECONNREFUSED', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT', '57P01'])(
    'tells a lost connection (%s) as a server that is away',
    async (code) => {
      const connection = await new GuardedDriver(recordingDriver([], { code, message: '10.0.0.3:5432' }), null).acquireConnection()
      await expect(connection.executeQuery(query('x'))).rejects.toMatchObject({ code: 'PT503' })
    },
  )

  it.each([
    ['P0001', 'PT400'], ['23514', 'PT400'], ['40001', 'PT409'], ['53100', 'PT507'], ['57014', 'PT504'], ['22P02', '22P02'],
    ['23505', '23505'], ['42501', '42501'],
  ])('carries %s past the API layer as %s', async (state, carried) => {
    const failure = { code: state, message: 'plan_stale', detail: '{"serverRevision":3}' }
    const connection = await new GuardedDriver(recordingDriver([], failure), null).acquireConnection()
    const error = await connection.executeQuery(query('x')).catch((thrown: Record<string, string>) => thrown)
    const { code, hint } = error as Record<string, string>
    expect(code).toBe(carried)
    expect(restoreState(code, hint)).toBe(state)
  })
})

describe('refusals on their way out', () => {
  const answer = (status: number, value: unknown) => ({ status, headers: {}, body: new TextEncoder().encode(JSON.stringify(value)) })

  it('keep our own codes whole, as PostgREST gives them', () => {
    const raised = { code: 'PT400', message: 'plan_stale', details: '{"serverRevision":3}', hint: 'sqlstate:P0001' }
    expect(translateRestError(answer(400, raised))).toEqual({
      status: 400,
      body: { code: 'P0001', message: 'plan_stale', details: '{"serverRevision":3}', hint: null },
    })
  })

  it('lose every word of the engine', () => {
    const leaks = [
      { code: '23505', message: 'duplicate key value violates "people_user_id_key"', details: 'Key (phone)=(13800000001)' },
      { code: 'PT409', message: 'check "phone_form"', details: '(李明)', hint: 'sqlstate:23514' },
      { code: 'PGRST202', message: 'Could not find', hint: 'Perhaps you meant public.secret_function' },
      { code: 'SUP', message: 'error: relation private.people_identities' },
      'not even an object',
    ]
    for (const leak of leaks) {
      const text = JSON.stringify(translateRestError(answer(400, leak)).body)
      expect(text).not.toMatch(/people|phone|13800000001|李明|secret|key value|Perhaps/)
    }
    expect(translateRestError(answer(409, leaks[1])).body.code).toBe('23514')
  })

  it('of the sign-in service keep their code', () => {
    const { body } = translateAuthError(answer(400, { code: 400, error_code: 'invalid_credentials', msg: 'No user li@example' }))
    expect(body).toEqual({ code: 400, error_code: 'invalid_credentials', msg: '账号或密码不正确' })
  })
})

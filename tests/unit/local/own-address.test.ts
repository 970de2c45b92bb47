import { describe, expect, it } from 'vitest'
import { checkListening, refuseForeign } from '../../../supabase/local/http/own-address'
import { securityHeaders } from '../../../supabase/local/http/security-headers'
import { readSettings } from '../../../supabase/local/settings'

const settings = (environment: NodeJS.ProcessEnv) => readSettings({ ...environment }, [])
const tls = { GEWU_TLS_CERT: 'cert.pem', GEWU_TLS_KEY: 'key.pem' }
const origin = { GEWU_ORIGIN: 'https://gewu.example' }

describe('listening', () => {
  it.each([{}, { GEWU_HOST: '127.0.0.1' }, { GEWU_HOST: '::1' }, { GEWU_HOST: 'localhost' }, { GEWU_HOST: '127.0.0.2' }])(
    'on this machine alone asks for nothing: %o',
    (environment) => checkListening(settings(environment)),
  )

  it.each(['0.0.0.0', '::', '10.1.2.3', 'gewu.example'])('on %s asks for encryption and for its own name', (host) => {
    const beyond = { GEWU_HOST: host }
    expect(() => checkListening(settings(beyond))).toThrow('GEWU_TLS_CERT')
    expect(() => checkListening(settings({ ...beyond, ...origin }))).toThrow('GEWU_ALLOW_PLAIN_HTTP=1')
    expect(() => checkListening(settings({ ...beyond, ...tls }))).toThrow('GEWU_ORIGIN')
    expect(() => checkListening(settings({ ...beyond, GEWU_ALLOW_PLAIN_HTTP: '1' }))).toThrow('GEWU_ORIGIN')
    checkListening(settings({ ...beyond, ...origin, ...tls }))
    checkListening(settings({ ...beyond, ...origin, GEWU_ALLOW_PLAIN_HTTP: '1' }))
  })

  it('beyond this machine makes no demo street unless it is asked for by name', () => {
    expect(settings({}).seedDemo).toBe(true)
    expect(settings({ GEWU_HOST: '0.0.0.0' })).toMatchObject({ seedDemo: false, isDemoWanted: false })
    expect(settings({ GEWU_HOST: '0.0.0.0', GEWU_DEMO: '1' })).toMatchObject({ seedDemo: true, isDemoWanted: true })
  })

  it.each([
    { GEWU_TLS_CERT: 'only.pem' }, { GEWU_TLS_KEY: 'only.pem' }, { GEWU_ORIGIN: 'gewu.example' }, { GEWU_ORIGIN: 'ftp://gewu.example' },
    { GEWU_ORIGIN: 'https://gewu.example/console' }, { GEWU_ALLOW_PLAIN_HTTP: 'yes' }, { GEWU_BACKUP_HOURS: '-1' },
    { GEWU_BACKUP_KEEP: 'all' }, { GEWU_LOG_DAYS: '1.5' }, { GEWU_DATABASE_POOL: '9999' }, { PORT: '70000' }, { GEWU_DEMO: 'no' },
    { DATABASE_URL: 'mysql://x' }, { GEWU_API_DATABASE_URL: 'host=x' },
  ])('refuses a setting it does not understand: %o', (environment) => {
    const [name] = Object.keys(environment)
    expect(() => settings(environment)).toThrow(name)
  })
})

describe('names and origins', () => {
  const codeOf = (host: string, from?: string, scheme: 'http' | 'https' = 'http', origins: string[] = []) =>
    refuseForeign({ host, origin: from }, scheme, origins)?.code ?? 'passed'

  it('of this machine pass, others do not', () => {
    for (const host of ['127.0.0.1:5420', 'localhost', '[::1]:5420', 'LOCALHOST:80']) expect(codeOf(host)).toBe('passed')
    for (const host of ['', 'evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:5420', '10.1.2.3', 'gewu.example']) {
      expect(codeOf(host), host).toBe('wrong_host')
    }
  })

  it('pass by the names people type, and no other', () => {
    const origins = ['https://gewu.example', 'http://10.1.2.3:5420']
    expect(codeOf('gewu.example', 'https://gewu.example', 'http', origins)).toBe('passed')
    expect(codeOf('Gewu.Example', undefined, 'https', origins)).toBe('passed')
    expect(codeOf('10.1.2.3:5420', 'http://10.1.2.3:5420', 'http', origins)).toBe('passed')
    expect(codeOf('gewu.example:81', undefined, 'https', origins)).toBe('wrong_host')
    expect(codeOf('gewu.example', 'https://evil.example', 'https', origins)).toBe('foreign_origin')
    expect(codeOf('gewu.example', 'http://10.1.2.3:5420', 'https', origins)).toBe('foreign_origin')
    expect(codeOf('gewu.example', 'null', 'https', origins)).toBe('foreign_origin')
    expect(codeOf('127.0.0.1:5420', 'http://127.0.0.1:5420', 'http')).toBe('passed')
    expect(codeOf('127.0.0.1:5420', 'http://127.0.0.1:81', 'http')).toBe('foreign_origin')
    expect(codeOf('127.0.0.1:5420', 'http://127.0.0.1:5420', 'https')).toBe('foreign_origin')
  })

  it('are kept to TLS where it is spoken', () => {
    expect(securityHeaders(false, true)['strict-transport-security']).toBe('max-age=31536000')
    expect(securityHeaders(false, false)).not.toHaveProperty('strict-transport-security')
  })
})

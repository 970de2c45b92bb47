import type { IncomingHttpHeaders } from 'node:http'
import type { Settings } from '../settings'
import type { Refusal } from './refuse-request'

/** Names of this machine for itself. */
const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/i

/** Tells whether what listens on `host` is reached from this machine alone. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/**
 * Refuses to listen where others could read along or reach a server that does not know its own name.
 * @throws with what is missing and the settings that supply it
 */
export function checkListening({ host, tls, origins, allowPlainHttp }: Settings): void {
  if (isLoopback(host)) return
  if (!tls && !allowPlainHttp) {
    throw new Error(
      `GEWU_HOST=${host} is reached from other machines: passwords and names of residents would cross the network unencrypted. ` +
        'Give a certificate with GEWU_TLS_CERT and GEWU_TLS_KEY, or set GEWU_ALLOW_PLAIN_HTTP=1 where another program encrypts.',
    )
  }
  if (origins.length === 0) {
    throw new Error(
      `GEWU_HOST=${host} expected GEWU_ORIGIN, the address people type (https://gewu.example:5420): ` +
        'requests under any other name are refused',
    )
  }
}

/**
 * A page of another site may have its own name point here and then read answers as its own: only the names of this
 * machine and those of `origins` are answered, and nothing is accepted that says it comes from elsewhere.
 * @param scheme of the server itself; a proxy that encrypts in front of it is named by `origins`
 */
export function refuseForeign(
  { host = '', origin }: IncomingHttpHeaders,
  scheme: 'http' | 'https',
  origins: readonly string[],
): Refusal | null {
  const isOwn = isLoopback(host.replace(/:\d{1,5}$/, ''))
  const named = origins.filter((own) => new URL(own).host === host.toLowerCase())
  if (!isOwn && named.length === 0) return { status: 421, code: 'wrong_host', message: '请使用服务器给出的地址' }
  if (origin !== undefined && origin !== `${scheme}://${host}` && !named.includes(origin)) {
    return { status: 403, code: 'foreign_origin', message: '不接受来自其他网站的请求' }
  }
  return null
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Refusal } from './refuse-request'
import { encode, pickEncoding } from './static-files'

const MIN_COMPRESSED_BYTES = 1024

/** Sends a value as JSON. */
export function sendJson(request: IncomingMessage, response: ServerResponse, status: number, value: unknown): Promise<void> {
  response.setHeader('content-type', 'application/json; charset=utf-8')
  return send(request, response, status, Buffer.from(JSON.stringify(value)))
}

/** Sends a body that no cache may keep, compressed where the caller can read that. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: Uint8Array,
): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('vary', 'accept-encoding')
  let sent = body
  const encoding = pickEncoding(String(request.headers['accept-encoding'] ?? ''))
  if (encoding && body.length >= MIN_COMPRESSED_BYTES) {
    sent = await encode(body, encoding, 4)
    response.setHeader('content-encoding', encoding)
  }
  if (status !== 204 && status !== 304) response.setHeader('content-length', sent.length)
  response.writeHead(status)
  response.end(request.method === 'HEAD' || status === 204 ? undefined : sent)
}

/** Sends a refusal in the form of the API; it closes the connection where a body may still be on its way. */
export function sendRefusal(response: ServerResponse, { status, code, message }: Refusal): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { method } = response.req
  const mayHaveBody = method !== 'GET' && method !== 'HEAD'
  const body = Buffer.from(JSON.stringify({ code, message, details: null, hint: null }))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(mayHaveBody && !response.req.complete ? { connection: 'close' } : {}),
  })
  response.end(method === 'HEAD' ? undefined : body)
}

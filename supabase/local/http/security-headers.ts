/**
 * What a page of ours may do. MapLibre makes its worker from a blob; Element Plus sets styles on elements.
 * `forDevelopment` lets Vite's client speak over its socket and put its scripts into the page; `isEncrypted` has browsers
 * come back by TLS only, for a year.
 */
export function securityHeaders(forDevelopment: boolean, isEncrypted: boolean): Record<string, string> {
  const policy = [
    "default-src 'self'",
    // The exact solver is WebAssembly of our own origin; nothing else is evaluated.
    `script-src 'self' 'wasm-unsafe-eval'${forDevelopment ? " 'unsafe-inline'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "child-src 'self' blob:",
    `connect-src 'self'${forDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isEncrypted ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    'permissions-policy': 'camera=(), microphone=(), geolocation=(self)',
  }
}

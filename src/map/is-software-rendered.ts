/** Renderers that draw with the processor: SwiftShader, Mesa's llvmpipe, the basic driver of Windows. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

/**
 * Tells whether WebGL is drawn without a graphics card, as on many office machines and remote desktops. False where the
 * browser does not say.
 */
export function isSoftwareRendered(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) return false
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  // A page may hold few contexts; this one has said what it had to.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return SOFTWARE.test(renderer)
}

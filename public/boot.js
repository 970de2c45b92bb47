// Runs before the console and without it, in any browser: the language of the first words, and what to do when the
// console cannot open. The first words go when the console takes their place; from then on it speaks for itself.
;(function () {
  const page = document.documentElement
  let chosen = null
  try {
    chosen = localStorage.getItem('gewu.locale')
  } catch (error) {
    // A browser that keeps nothing for sites has no choice to tell.
    console.warn(error)
  }
  if (chosen === 'en') page.lang = 'en'
  if (chosen === 'en') page.setAttribute('data-words', 'en')
  else if (chosen === null && !/^zh/i.test(navigator.language || 'zh')) page.setAttribute('data-words', 'both')

  function hasWebGl2() {
    try {
      return document.createElement('canvas').getContext('webgl2') !== null
    } catch (error) {
      return !error
    }
  }

  function fail(kind, reason) {
    const boot = document.getElementById('boot')
    if (!boot) return
    const shown = kind || (/SyntaxError/.test(reason) ? 'old' : hasWebGl2() ? 'script' : 'webgl')
    const parts = boot.querySelectorAll('[data-boot]')
    for (let i = 0; i < parts.length; i++) parts[i].hidden = parts[i].getAttribute('data-boot') !== shown
    const again = document.getElementById('boot-again')
    again.hidden = false
    again.onclick = function () {
      location.reload()
    }
    document.getElementById('boot-reason').textContent = shown === 'script' ? reason : ''
  }

  function hear(event) {
    const isScript = event.target && event.target.tagName === 'SCRIPT'
    const source = isScript ? event.target.src : event.filename
    // Programs that others put into the page are not the console's.
    if (source && source.indexOf(location.origin) === 0) fail(null, isScript ? source : String(event.message))
  }

  // Scripts that do not arrive tell it on the way down only.
  window.addEventListener('error', hear, true)
  window.addEventListener('unhandledrejection', function (event) {
    fail(null, String(event.reason))
  })
  document.addEventListener('DOMContentLoaded', function () {
    if (!('noModule' in document.createElement('script'))) fail('old', '')
  })
})()

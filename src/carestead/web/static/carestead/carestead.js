// Pages work without this; it adds what the design system's components do beyond HTML, and j, k and Enter in lists.
import { initAll } from '/static/vendor/nhsuk-frontend.min.js'

initAll()

const rows = [...document.querySelectorAll('[data-list] a[data-row]')]
let at = -1
document.addEventListener('keydown', (event) => {
  if (!rows.length || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.matches('input, textarea, select')) return
  const step = { j: 1, k: -1 }[event.key]
  if (!step) return
  at = Math.min(rows.length - 1, Math.max(0, at + step))
  rows[at].focus()
})

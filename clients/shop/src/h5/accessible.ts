/**
 * What uni-app's own elements lack for the keyboard and for screen readers in a browser: pictures have
 * no text, inputs no name, tabs and dialogs no role. Given as they appear; templates say the rest.
 */
const PRESSED =
  '[role=button],[role=option],[role=link],[role=checkbox],[role=radio],[role=tab],[role=switch]'

const set = (element: Element, attributes: Record<string, string>) =>
  Object.entries(attributes).forEach(([name, value]) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  })
const textOf = (element: Element | null | undefined) => element?.textContent?.trim() ?? ''

/** An input is called by its `aria-label`, else by the name of its field, else by its placeholder. */
function nameOf(input: Element): string {
  const own = input.closest('uni-input, uni-textarea')
  return (
    own?.getAttribute('aria-label') ||
    textOf(input.closest('.field')?.querySelector('.name')) ||
    textOf(own?.querySelector('.uni-input-placeholder, .uni-textarea-placeholder')) ||
    input.getAttribute('aria-label') ||
    ''
  )
}

const DRESSED: [selector: string, dress: (element: Element) => void][] = [
  ['uni-image img', (img) => set(img, { alt: img.parentElement?.getAttribute('aria-label') ?? '' })],
  ['.uni-tabbar img', (img) => set(img, { alt: '' })],
  ['.uni-tabbar__item', (item) => set(item, { role: 'link', tabindex: '0' })],
  ['.uni-page-head-btn', (back) => set(back, { role: 'button', tabindex: '0', 'aria-label': '返回' })],
  // A picker's list stands apart while it is open, and inside its button while it is not.
  ['.uni-picker-select', (list) => set(list, { role: 'listbox', 'aria-label': '可选项' })],
  [
    '.uni-picker-select .uni-picker-item',
    (item) =>
      set(item, {
        role: 'option',
        tabindex: item.closest('.uni-picker-toggle') ? '0' : '-1',
        'aria-selected': String(item.classList.contains('selected')),
      }),
  ],
  // What scrolls upwards can be scrolled by the arrow keys.
  ['.uni-scroll-view[style*="hidden auto"]', (talk) => set(talk, { tabindex: '0' })],
  ['.uni-modal', (modal) => set(modal, { role: 'dialog', 'aria-modal': 'true' })],
  ['.uni-modal__btn', (button) => set(button, { role: 'button', tabindex: '0' })],
  ['.uni-input-input, .uni-textarea-textarea', (input) => set(input, { 'aria-label': nameOf(input) })],
  ['.wd-input-number input', (input) => set(input, { 'aria-label': '数量' })],
  [
    '.wd-input-number__action:first-child',
    (less) => set(less, { role: 'button', tabindex: '0', 'aria-label': '减少' }),
  ],
  [
    '.wd-input-number__action:last-child',
    (more) => set(more, { role: 'button', tabindex: '0', 'aria-label': '增加' }),
  ],
  [
    '.wd-switch',
    (item) =>
      set(item, {
        role: 'switch',
        tabindex: '0',
        'aria-checked': String(item.classList.contains('is-checked')),
        'aria-label': textOf(item.closest('.field')) || '开关',
      }),
  ],
]

function dress(): void {
  for (const [selector, change] of DRESSED) document.querySelectorAll(selector).forEach(change)
}

/** Enter and the space bar press what has the focus; Escape leaves a sheet. */
function press(event: KeyboardEvent): void {
  const target = event.target as HTMLElement
  if (event.key === 'Escape') {
    const covers = [...document.querySelectorAll<HTMLElement>('.wd-overlay, .uni-picker-mask')]
    covers
      .filter((cover) => cover.offsetParent !== null || cover.clientHeight)
      .at(-1)
      ?.click()
  } else if (['Enter', ' '].includes(event.key) && target.matches(PRESSED)) {
    event.preventDefault()
    target.click()
  }
}

export function beAccessible(): void {
  let isAsked = false
  const soon = () => {
    if (isAsked) return
    isAsked = true
    requestAnimationFrame(() => {
      isAsked = false
      dress()
    })
  }
  new MutationObserver(soon).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['class'],
  })
  document.addEventListener('keydown', press)
  soon()
}

/** What WeChat's page thread does with events that glass-easel leaves to its host. */
import * as glassEasel from 'glass-easel'

const TYPED = ['input', 'confirm', 'blur', 'focus']
const STOPS = ['preventDefault', 'stopPropagation', 'stopImmediatePropagation']

/** Passes browser events to the components; typing tells what is in the field. */
export function passEvents(backend: glassEasel.CurrentWindowBackendContext): void {
  backend.onEvent((target: any, type: string, detail: any, options: any) => {
    const field = options.originalEvent?.target as HTMLInputElement | undefined
    const told = TYPED.includes(type) ? { ...detail, value: field?.value } : detail
    const event = new glassEasel.Event(type, told, options)
    target.dispatchEvent(event)
    return event.defaultPrevented() ? 1 : 0
  })
}

/**
 * Handlers of mini programs expect `type` and `detail` as the event's own fields, and uni overwrites
 * `stopPropagation` and its like on it while the framework still needs them.
 */
export function giveEventsOwnFields(): void {
  const prototype = glassEasel.Event.prototype as any
  const wrap = prototype.wrapShadowedEvent
  prototype.wrapShadowedEvent = function (...given: unknown[]) {
    const event = wrap.apply(this, given)
    const original = this.getOriginalEvent?.()
    Object.assign(event, {
      type: this.getEventName(),
      detail: this.detail,
      timeStamp: this.timeStamp,
      touches: original?.touches ?? [],
      changedTouches: original?.changedTouches ?? [],
    })
    for (const name of STOPS) {
      Object.defineProperty(event, name, { get: () => prototype[name]?.bind(this), set() {} })
    }
    return event
  }
}

const SIZES: Record<string, string> = { aspectFill: 'cover', aspectFit: 'contain' }

function paint(image: HTMLElement): void {
  const source = image.getAttribute('src')
  image.style.backgroundImage = source ? `url("${source}")` : ''
  image.style.backgroundSize = SIZES[image.getAttribute('mode') ?? ''] ?? '100% 100%'
}

/** What WeChat's native elements do with an attribute: an `image` paints, a field takes the value. */
export function obeyAttributes(): void {
  new MutationObserver((changes) => {
    for (const { target, attributeName } of changes) {
      if (target instanceof HTMLInputElement && attributeName === 'value')
        target.value = target.getAttribute('value') ?? ''
    }
    document.querySelectorAll<HTMLElement>('image').forEach(paint)
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['src', 'mode', 'value'],
  })
}

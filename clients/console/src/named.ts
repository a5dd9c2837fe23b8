/** `v-named="'状态'"`: a name for screen readers on the input that a library's component renders. */
import type { Directive } from 'vue'

function name(element: HTMLElement, { value }: { value: string }): void {
  const input = element.matches('input, textarea') ? element : element.querySelector('input, textarea')
  ;(input ?? element).setAttribute('aria-label', value)
}

export const vNamed: Directive<HTMLElement, string> = { mounted: name, updated: name }

/**
 * What can be pressed can be reached: on H5, every view, text and image with a click listener is a button
 * for the keyboard and for screen readers, unless its template names another role.
 * (In a mini program these are WeChat's own elements, which know it by themselves; a library's components
 * forward clicks and are no buttons.)
 */
import type { ElementNode, NodeTransform } from '@vue/compiler-core'

const [ELEMENT, ATTRIBUTE, DIRECTIVE, TEXT] = [1, 6, 7, 2]
const PRESSED = ['view', 'text', 'image', 'v-uni-view', 'v-uni-text', 'v-uni-image']

export const pressable: NodeTransform = (node, { filename }) => {
  if (node.type !== ELEMENT || filename.includes('/node_modules/')) return
  const element = node as ElementNode
  if (!PRESSED.includes(element.tag) || !isListening(element)) return
  if (!has(element, 'role')) give(element, 'role', 'button')
  if (!has(element, 'tabindex')) give(element, 'tabindex', '0')
}

const isListening = ({ props }: ElementNode) =>
  props.some(
    (prop) =>
      prop.type === DIRECTIVE &&
      prop.name === 'on' &&
      prop.arg &&
      'content' in prop.arg &&
      prop.arg.content === 'click',
  )

const has = ({ props }: ElementNode, name: string) =>
  props.some((prop) =>
    prop.type === ATTRIBUTE
      ? prop.name === name
      : prop.name === 'bind' && prop.arg && 'content' in prop.arg && prop.arg.content === name,
  )

function give(element: ElementNode, name: string, content: string): void {
  const { loc } = element
  element.props.push({
    type: ATTRIBUTE,
    name,
    nameLoc: loc,
    value: { type: TEXT, content, loc },
    loc,
  } as never)
}

/** Two scales of one chart whose zeros lie on one line, so that no curve seems to cross what it does not. */

interface Scale {
  min: number
  max: number
  interval: number
}
const STEPS = 5

/** The next of 1, 2, 2.5, 5, 10 … that is not smaller. */
function round(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  return power * ([1, 2, 2.5, 5, 10].find((part) => part * power >= step) ?? 10)
}

/** Of amounts that may be below zero, and of counts beside them, which are not. */
export function alignedScales(amounts: readonly number[], counts: readonly number[]): [Scale, Scale] {
  const [low, high] = [Math.min(0, ...amounts), Math.max(0, ...amounts)]
  const step = round(Math.max(high / STEPS, -low / STEPS, 1))
  const [down, up] = [Math.ceil(-low / step), Math.max(1, Math.ceil(high / step))]
  const count = Math.max(1, Math.ceil(Math.max(0, ...counts) / up))
  const scale = (interval: number): Scale => ({ min: -down * interval, max: up * interval, interval })
  return [scale(step), scale(count)]
}

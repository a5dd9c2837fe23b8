/**
 * The `type` of an input for digits. WeChat shows its number keyboard for `number`; a browser is told by
 * `inputmode`, because its number input refuses what people paste: `+86`, spaces, full-width digits.
 */
let type: 'text' | 'number' = 'text'
// #ifdef MP-WEIXIN
type = 'number'
// #endif
export const DIGITS = type

/** A UUID made here, so that asking twice is asking once. */
export function newId(): string {
  const hex = (digits: number) => {
    let made = ''
    while (made.length < digits) made += Math.floor(Math.random() * 16).toString(16)
    return made
  }
  const at = Date.now().toString(16).padStart(12, '0')
  const variant = (8 + Math.floor(Math.random() * 4)).toString(16)
  return `${at.slice(0, 8)}-${at.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`
}

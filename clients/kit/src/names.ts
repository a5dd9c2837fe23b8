/** Names as people see them: a character may be several code points, and one code point two code units. */

/** Not in a mini program, nor in older browsers. */
const segmenter =
  typeof Intl !== 'undefined' && 'Segmenter' in Intl
    ? new Intl.Segmenter('zh', { granularity: 'grapheme' })
    : null

/** The characters of a text; code points where the platform cannot tell characters. */
export const charactersOf = (text: string): string[] =>
  segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text]

/** The first character of a name, which stands where nobody has chosen a picture. */
export const initialOf = (name: string): string => charactersOf(name.trim())[0] ?? ''

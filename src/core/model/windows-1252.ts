/** What 0x80 to 0x9F are in Windows-1252; a space stands for the five bytes that are nothing. */
const HIGH_CONTROLS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/**
 * Text of Windows-1252. By hand: some releases of Node decode windows-1252 as ISO-8859-1, and “ ” € are lost.
 * @param latin1 the bytes, each as the character of its number
 */
export function fromWindows1252(latin1: string): string {
  return latin1.replace(/[\x80-\x9f]/g, (char) => HIGH_CONTROLS.charAt(char.charCodeAt(0) - 0x80))
}

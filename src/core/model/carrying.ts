/** A command in a text, as `cfdi-mail outbox list`; not the program's name in a sentence. */
const COMMAND = /\bcfdi-mail (?=[a-z])(?!(?:y|por|and|by) )/g

/**
 * The commands that a text suggests, with the flags by which this run was told where its data are: copied without them they
 * would work in another company, or in none.
 * @param text with its holes: what comes into them is data and stays as it is
 * @param flags `--empresa NORTE`, or '' when the run needed none
 */
export function carrying(text: string, flags: string): string {
  return flags === '' ? text : text.replace(COMMAND, () => `cfdi-mail ${flags} `)
}

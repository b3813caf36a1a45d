/** Header fields as RFC 3464 and RFC 5322 write them: a name, a colon, a text that may go on in indented lines. */
export type Fields = ReadonlyMap<string, string>

/** The fields of one group, by their name in lower case; the first of several wins. */
export function readFields(text: string): Fields {
  const fields = new Map<string, string>()
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? []
    const key = name.toLowerCase()
    if (key !== '' && !fields.has(key)) fields.set(key, value.trim())
  }
  return fields
}

/** Groups of fields, which an empty line parts. */
export function readFieldGroups(text: string): Fields[] {
  return text
    .split(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/)
    .map(readFields)
    .filter((group) => group.size > 0)
}

/** The header of a message without its body. */
export function headerOf(message: string): Fields {
  return readFields(message.split(/\r?\n\r?\n/, 1)[0] ?? '')
}

/** Every `<…@…>` of a field that names messages (Message-ID, In-Reply-To, References). */
export function messageIdsIn(text: string): string[] {
  return text.match(/<[^<>\s@]{1,250}@[^<>\s@]{1,250}>/g) ?? []
}

/** Languages that people read here. */
export const LANGUAGES = ['es', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export type MessageParams = Readonly<Record<string, string | number>>

/**
 * Fills the `{holes}` of a text. A hole with two forms, `{count|order|orders}`, takes the first with 1 and the second with any
 * other number, 0 too: so do Spanish and English. A hole without a value stays visible, so that a test or a reader sees it.
 */
export function fill(text: string, params: MessageParams = {}): string {
  return text.replace(HOLE, (hole, name: string, forms?: string) => {
    const value = params[name]
    if (value === undefined) return hole
    const [one, many] = forms?.split('|') ?? []
    return (Number(value) === 1 ? one : many) ?? String(value)
  })
}

const HOLE = /\{(\w+)(?:\|([^|}]*\|[^|}]*))?\}/g

/** Languages that people read here. */
export const LANGUAGES = ['es', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export type MessageParams = Readonly<Record<string, string | number>>

/** Fills the `{holes}` of a text. A hole without a value stays visible, so that a test or a reader sees it. */
export function fill(text: string, params: MessageParams = {}): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = params[name]
    return value === undefined ? hole : String(value)
  })
}

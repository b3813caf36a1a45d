import type { Language } from '../messages/translate.ts'

const LOCALES: Readonly<Record<Language, string>> = { es: 'es-MX', en: 'en-GB' }

/**
 * An instant in the reader's own time zone. Only for instants of ours: a document's own date is local time of the place of
 * issue and is never converted.
 * @param at ISO 8601 UTC
 */
export function localTime(at: string, language: Language): string {
  return new Date(at).toLocaleString(LOCALES[language], {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
}

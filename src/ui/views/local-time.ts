import type { Language } from '../messages/translate.ts'

const LOCALES: Readonly<Record<Language, string>> = { es: 'es-MX', en: 'en-GB' }

const STYLE = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
} as const

/** Making one takes a hundred times what it then takes to format, and a log has a time a line. */
const formats = new Map<Language, Intl.DateTimeFormat>()

/**
 * An instant in the reader's own time zone. Only for instants of ours: a document's own date is local time of the place of
 * issue and is never converted.
 * @param at ISO 8601 UTC
 */
export function localTime(at: string, language: Language): string {
  let format = formats.get(language)
  if (format === undefined)
    formats.set(language, (format = new Intl.DateTimeFormat(LOCALES[language], STYLE)))
  return format.format(new Date(at))
}

/** An instant to the second in this machine's time zone with its difference from UTC, for documents that others read elsewhere. */
export function exactTime(at: string): string {
  const instant = new Date(at)
  const offset = -instant.getTimezoneOffset()
  const local = new Date(instant.getTime() + offset * 60_000).toISOString()
  const pad = (n: number) => String(n).padStart(2, '0')
  const size = Math.abs(offset)
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zone}`
}

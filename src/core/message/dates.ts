import type { MailLanguage } from '../model/mail-language.ts'

const MONTHS_ES = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
] as const

const MONTHS_EN = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/**
 * `2024-05-20T09:00:00` → `20 de mayo de 2024`, in English `20 May 2024`. Read as text: a CFDI date has no zone, and a Date would
 * move it to another day.
 */
export function longDate(text: string, language: MailLanguage = 'es'): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? []
  const name = (language === 'en' ? MONTHS_EN : MONTHS_ES)[Number(month) - 1]
  if (name === undefined) return text
  return language === 'en' ? `${Number(day)} ${name} ${year}` : `${Number(day)} de ${name} de ${year}`
}

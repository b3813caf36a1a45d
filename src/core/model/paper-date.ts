import { calendarDay, monthPeriod } from './period.ts'

/** Day first, as it is written in Mexico. */
const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/

/**
 * The day that a file name or a cell says: `2024-05-31`, `20240531`, `31/05/2024`, `31-05-2024`; a month (`2024-05`, `202405`) is its last day.
 * @returns `YYYY-MM-DD`, or null when it is no day of the calendar
 */
export function paperDay(text: string): string | null {
  const plain = text.trim()
  const [, day = '', month = '', year = ''] = DAY_FIRST.exec(plain) ?? []
  const iso =
    year === ''
      ? plain.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3').replace(/^(\d{4})(\d{2})$/, '$1-$2')
      : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  try {
    return /^\d{4}-\d{2}$/.test(iso) ? monthPeriod(iso).to : calendarDay(iso)
  } catch {
    return null
  }
}

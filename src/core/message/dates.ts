const MONTHS = [
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

/** `2024-05-20T09:00:00` → `20 de mayo de 2024`. Read as text: a CFDI date has no zone, and a Date would move it to another day. */
export function longDate(text: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? []
  const name = MONTHS[Number(month) - 1]
  return name === undefined ? text : `${Number(day)} de ${name} de ${year}`
}

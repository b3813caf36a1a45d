import type { ExistingAddenda } from '../core/model/addenda.ts'
import type { EventLevel } from '../core/model/event.ts'
import type { PasswordRule } from '../core/model/file-password.ts'
import type { AfterSend, Grouping, PdfPolicy } from '../core/model/packaging-type.ts'
import type { PeriodDate } from '../core/model/period.ts'
import type { PortalAccess } from '../core/model/portal.ts'
import type { SmtpSecurity } from '../core/model/profile.ts'
import type { ReplyPhase } from '../core/model/reply-rules.ts'

/** Values of flags that may be typed in Spanish, and what each means. */
export const SPANISH_GROUPINGS = { documento: 'document', cliente: 'customer' } as const satisfies Record<
  string,
  Grouping
>
export const SPANISH_DATES = {
  emision: 'issued',
  pago: 'paid',
  periodo: 'pay-period',
} as const satisfies Record<string, PeriodDate>
export const SPANISH_PDF = {
  obligatorio: 'required',
  opcional: 'optional',
  ninguno: 'none',
} as const satisfies Record<string, PdfPolicy>
export const SPANISH_LEVELS = { informacion: 'info', aviso: 'warning' } as const satisfies Record<
  string,
  EventLevel
>
export const SPANISH_SECURITIES = { ninguna: 'none' } as const satisfies Record<string, SmtpSecurity>

/** Those that are no SMTP verbs. */
export const SPANISH_PHASES = { saludo: 'greeting', punto: 'dot' } as const satisfies Record<
  string,
  ReplyPhase
>
export const SPANISH_AFTER_SEND = {
  dejar: 'keep',
  reciclar: 'trash',
  eliminar: 'delete',
} as const satisfies Record<string, AfterSend>
export const SPANISH_PORTAL_ACCESS = {
  no: 'off',
  'con-archivos': 'with',
  'en-vez': 'instead',
} as const satisfies Record<string, PortalAccess>
export const SPANISH_PASSWORDS = {
  'rfc-ultimos-4': 'rfc-last-4',
  'numero-empleado': 'employee-number',
  propia: 'own',
  ninguna: 'none',
} as const satisfies Record<string, PasswordRule | 'none'>
export const SPANISH_EXISTING_ADDENDA = {
  reemplazar: 'replace',
  conservar: 'keep',
} as const satisfies Record<string, ExistingAddenda>

/** @returns the value that a typed one means; undefined stays undefined */
export function meantBy<Typed extends string, Spanish extends string, Value extends string>(
  typed: Typed | undefined,
  spanish: Readonly<Record<Spanish, Value>>,
): Exclude<Typed, Spanish> | Value | undefined {
  if (typed === undefined) return undefined
  return Object.hasOwn(spanish, typed)
    ? spanish[typed as string as Spanish]
    : (typed as Exclude<Typed, Spanish>)
}

/** What a flag's spec says of its values, those in Spanish last. */
export function choicesOf<Value extends string, Spanish extends string>(
  values: readonly Value[],
  spanish: Readonly<Record<Spanish, Value>>,
): {
  readonly choices: readonly (Value | Spanish)[]
  readonly spanish: Readonly<Record<Spanish, Value>>
} {
  return { choices: [...values, ...(Object.keys(spanish) as Spanish[])], spanish }
}

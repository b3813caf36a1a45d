import { bytesValue, limitValue, unknownPolicy } from '../core/model/limit-fields.ts'
import { wholeNumber } from '../core/model/numbers.ts'
import type { LimitFields } from '../core/model/profile-limits.ts'
import { PROVIDER_NAMES } from '../core/model/providers.ts'
import { bouncesToValue } from '../core/model/return-path.ts'
import type { FlagValues } from './command.ts'

/** What a profile's server allows: flags of `smtp-test` and of `profiles set`. */
export const LIMIT_FLAGS = {
  provider: { type: 'string', alias: 'proveedor', choices: PROVIDER_NAMES },
  'per-minute': { type: 'string', alias: 'por-minuto' },
  'per-day': { type: 'string', alias: 'por-dia' },
  'max-recipients': { type: 'string', alias: 'max-destinatarios' },
  'max-bytes': { type: 'string', alias: 'tamano-maximo' },
  'on-unknown': { type: 'string', alias: 'si-incierto' },
  'bounces-to': { type: 'string', alias: 'rebotes-a' },
  connections: { type: 'string', alias: 'conexiones' },
  'messages-per-connection': { type: 'string', alias: 'mensajes-por-conexion' },
} as const

/** @throws BAD_NUMBER, BAD_CHOICE that name the flag */
export function limitFields(flags: FlagValues<typeof LIMIT_FLAGS>): LimitFields {
  return {
    provider: flags.provider,
    perMinute: limitValue('per-minute', flags['per-minute']),
    perDay: limitValue('per-day', flags['per-day']),
    maxRecipients: number('max-recipients', flags['max-recipients']),
    maxBytes: bytesValue('max-bytes', flags['max-bytes']),
    onUnknown: unknownPolicy('on-unknown', flags['on-unknown']),
    bouncesTo: bouncesToValue(flags['bounces-to']),
    connections: number('connections', flags.connections),
    messagesPerConnection: number('messages-per-connection', flags['messages-per-connection']),
  }
}

function number(flag: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : wholeNumber(flag, text)
}

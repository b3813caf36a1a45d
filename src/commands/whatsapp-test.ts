import { limitValue, unknownPolicy } from '../core/model/limit-fields.ts'
import { wholeNumber } from '../core/model/numbers.ts'
import { command, type FlagValues, word } from './command.ts'
import { passwordSource } from './password-source.ts'

/** What a WhatsApp profile may be told besides the limits of every profile. */
export const WHATSAPP_LIMIT_FLAGS = {
  'per-minute': { type: 'string', alias: 'por-minuto' },
  'per-day': { type: 'string', alias: 'por-dia' },
  'pair-seconds': { type: 'string', alias: 'segundos-por-numero' },
  'on-unknown': { type: 'string', alias: 'si-incierto' },
} as const

/** @throws BAD_NUMBER, BAD_CHOICE that name the flag */
export function whatsappLimits(flags: FlagValues<typeof WHATSAPP_LIMIT_FLAGS>) {
  const pair = flags['pair-seconds']
  return {
    perMinute: limitValue('per-minute', flags['per-minute']),
    perDay: limitValue('per-day', flags['per-day']),
    pairSeconds: pair === undefined ? undefined : wholeNumber('pair-seconds', pair),
    onUnknown: unknownPolicy('on-unknown', flags['on-unknown']),
  }
}

export const whatsappTestCommand = command({
  name: 'whatsapp-test',
  needs: 'profiles',
  aliases: ['probar-whatsapp'],
  positionals: [{ name: 'profile' }],
  flags: {
    'phone-id': { type: 'string', alias: 'id-telefono' },
    'account-id': { type: 'string', alias: 'id-cuenta' },
    'token-stdin': { type: 'boolean', alias: 'llave-stdin' },
    'token-ref': { type: 'string', alias: 'llave-ref' },
    template: { type: 'string', alias: 'plantilla' },
    'template-language': { type: 'string', alias: 'idioma-plantilla' },
    fields: { type: 'string', alias: 'campos' },
    'api-version': { type: 'string', alias: 'version-api' },
    'base-url': { type: 'string', alias: 'url-base' },
    to: { type: 'string', alias: 'para' },
    save: { type: 'string', alias: 'guardar' },
    default: { type: 'boolean', alias: 'predeterminado' },
    ...WHATSAPP_LIMIT_FLAGS,
  },
  run: async (ctx, flags, words) =>
    (await import('../core/flows/check-whatsapp.ts')).checkWhatsAppProfile(ctx, {
      ...{ phoneId: flags['phone-id'], accountId: flags['account-id'], version: flags['api-version'] },
      ...{ template: flags.template, templateLanguage: flags['template-language'], fields: flags.fields },
      ...{ baseUrl: flags['base-url'], to: flags.to, save: flags.save, makeDefault: flags.default },
      ...whatsappLimits(flags),
      name: word(words, 'profile'),
      token: passwordSource(flags['token-stdin'], flags['token-ref']),
    }),
})

import { parseModules } from '../core/model/modules.ts'
import { SECURITIES } from '../core/model/profile.ts'
import { wholeNumber } from '../core/model/numbers.ts'
import { command, word } from './command.ts'
import { OAUTH_FLAGS, oauthRequest } from './oauth-flags.ts'
import { LIMIT_FLAGS, limitFields } from './limit-flags.ts'
import { passwordSource } from './password-source.ts'
import { choicesOf, meantBy, SPANISH_SECURITIES } from './spanish-values.ts'

export const smtpTestCommand = command({
  name: 'smtp-test',
  aliases: ['probar-smtp', 'probar-correo'],
  needs: 'profiles',
  positionals: [{ name: 'profile' }],
  flags: {
    host: { type: 'string', alias: ['servidor', 'smtp-host'] },
    port: { type: 'string', alias: 'puerto' },
    security: { type: 'string', alias: 'seguridad', ...choicesOf(SECURITIES, SPANISH_SECURITIES) },
    user: { type: 'string', alias: 'usuario' },
    from: { type: 'string', alias: 'remitente' },
    'from-name': { type: 'string', alias: 'nombre-remitente' },
    'reply-to': { type: 'string', alias: 'responder-a' },
    'password-stdin': { type: 'boolean', alias: ['contrasena-stdin', 'clave-stdin'] },
    'password-ref': { type: 'string', alias: ['contrasena-ref', 'clave-ref'] },
    ...OAUTH_FLAGS,
    to: { type: 'string', alias: 'para' },
    save: { type: 'string', alias: 'guardar' },
    module: { type: 'string', alias: 'modulo', many: true },
    default: { type: 'boolean', alias: 'predeterminado' },
    pin: { type: 'string', alias: 'huella' },
    'ca-file': { type: 'string', alias: 'archivo-ca', path: true },
    ...LIMIT_FLAGS,
  },
  run: async (ctx, flags, words) =>
    (await import('../core/flows/check-profile.ts')).checkProfile(ctx, {
      ...{
        host: flags.host,
        security: meantBy(flags.security, SPANISH_SECURITIES),
        user: flags.user,
        from: flags.from,
      },
      ...{
        fromName: flags['from-name'],
        replyTo: flags['reply-to'],
        pin: flags.pin,
        caFile: flags['ca-file'],
      },
      ...{
        to: flags.to,
        save: flags.save,
        makeDefault: flags.default,
        modules: flags.module === undefined ? undefined : parseModules(flags.module),
      },
      name: word(words, 'profile'),
      port: flags.port === undefined ? undefined : wholeNumber('port', flags.port),
      ...limitFields(flags),
      oauth: oauthRequest(flags),
      password: passwordSource(flags['password-stdin'], flags['password-ref']),
    }),
})

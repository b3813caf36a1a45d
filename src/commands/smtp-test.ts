import { MODULES, SECURITIES } from '../core/model/profile.ts'
import { wholeNumber } from '../core/model/numbers.ts'
import { PROVIDER_NAMES } from '../core/model/providers.ts'
import { command, word } from './command.ts'

const number = (flag: string, text: string | undefined) =>
  text === undefined ? undefined : wholeNumber(flag, text)

export const smtpTestCommand = command({
  name: 'smtp-test',
  aliases: ['probar-smtp', 'probar-correo'],
  positionals: [{ name: 'profile' }],
  flags: {
    provider: { type: 'string', alias: 'proveedor', choices: PROVIDER_NAMES },
    host: { type: 'string', alias: ['servidor', 'smtp-host'] },
    port: { type: 'string', alias: 'puerto' },
    security: { type: 'string', alias: 'seguridad', choices: SECURITIES },
    user: { type: 'string', alias: 'usuario' },
    from: { type: 'string', alias: 'remitente' },
    'from-name': { type: 'string', alias: 'nombre-remitente' },
    'reply-to': { type: 'string', alias: 'responder-a' },
    'password-stdin': { type: 'boolean', alias: 'contrasena-stdin' },
    'password-ref': { type: 'string', alias: 'contrasena-ref' },
    to: { type: 'string', alias: 'para' },
    save: { type: 'string', alias: 'guardar' },
    module: { type: 'string', alias: 'modulo', many: true, choices: MODULES },
    default: { type: 'boolean', alias: 'predeterminado' },
    pin: { type: 'string', alias: 'huella' },
    'ca-file': { type: 'string', alias: 'archivo-ca', path: true },
    connections: { type: 'string', alias: 'conexiones' },
    'messages-per-connection': { type: 'string', alias: 'mensajes-por-conexion' },
  },
  run: async (ctx, flags, words) =>
    (await import('../core/flows/check-profile.ts')).checkProfile(ctx, {
      ...{
        provider: flags.provider,
        host: flags.host,
        security: flags.security,
        user: flags.user,
        from: flags.from,
      },
      ...{
        fromName: flags['from-name'],
        replyTo: flags['reply-to'],
        pin: flags.pin,
        caFile: flags['ca-file'],
      },
      ...{ to: flags.to, save: flags.save, makeDefault: flags.default, modules: flags.module },
      name: word(words, 'profile'),
      port: number('port', flags.port),
      connections: number('connections', flags.connections),
      messagesPerConnection: number('messages-per-connection', flags['messages-per-connection']),
      password: passwordSource(flags['password-stdin'], flags['password-ref']),
    }),
})

function passwordSource(stdin: boolean | undefined, reference: string | undefined) {
  if (stdin === true) return 'stdin'
  return reference === undefined ? undefined : { reference }
}

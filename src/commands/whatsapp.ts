import { CfdiMailError } from '../core/model/errors.ts'
import { wholeNumber } from '../core/model/numbers.ts'
import { type CommandGroup, command, word } from './command.ts'

const serveWebhook = command({
  name: 'serve-webhook',
  aliases: ['atender-webhook'],
  needs: 'outbox',
  flags: {
    profile: { type: 'string', alias: 'perfil' },
    host: { type: 'string', alias: 'servidor' },
    port: { type: 'string', alias: 'puerto' },
    'secrets-stdin': { type: 'boolean', alias: 'secretos-stdin' },
    'app-secret-ref': { type: 'string', alias: 'secreto-app-ref' },
    'verify-token-ref': { type: 'string', alias: 'token-verificacion-ref' },
    save: { type: 'boolean', alias: 'guardar' },
  },
  resident: () => true,
  run: async function* (ctx, flags) {
    const port = wholeNumber('port', flags.port ?? '8080')
    if (port > 65_535) throw new CfdiMailError('BAD_NUMBER', { flag: 'port', text: String(port) })
    yield* (await import('../core/flows/serve-statuses.ts')).serveStatuses(ctx, {
      ...{ profile: flags.profile ?? null, host: flags.host ?? '127.0.0.1', port },
      ...{ appSecret: flags['app-secret-ref'], verifyToken: flags['verify-token-ref'] },
      secrets: flags['secrets-stdin'] === true ? 'stdin' : 'references',
      keep: flags.save === true ? 'save' : 'use',
    })
  },
})

const importStatuses = command({
  name: 'import-statuses',
  aliases: ['importar-estados'],
  needs: 'outbox',
  positionals: [{ name: 'statuses', required: true, path: true }],
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/read-statuses.ts')).importStatuses(ctx, word(words, 'statuses') ?? ''),
})

/** `whatsapp`: what became of messages after Meta took them. */
export const whatsapp: CommandGroup = {
  name: 'whatsapp',
  aliases: ['mensajes-whatsapp'],
  commands: [serveWebhook, importStatuses],
}

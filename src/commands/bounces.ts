import { wholeNumber } from '../core/model/numbers.ts'
import { type CommandGroup, command } from './command.ts'

const FILES = [{ name: 'mail', required: true, many: true }] as const
const ADDRESSES = [{ name: 'address', required: true, many: true }] as const
const REASON = { reason: { type: 'string', alias: 'motivo' } } as const

const importCommand = command({
  name: 'import',
  aliases: ['importar'],
  needs: 'outbox',
  positionals: FILES,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/bounces-import.ts')).importBounces(ctx, words['mail'] ?? []),
})

const check = command({
  name: 'check',
  aliases: ['revisar'],
  needs: 'outbox',
  flags: {
    profile: { type: 'string', alias: 'perfil' },
    host: { type: 'string', alias: 'servidor' },
    port: { type: 'string', alias: 'puerto' },
    user: { type: 'string', alias: 'usuario' },
    'password-stdin': { type: 'boolean', alias: ['contrasena-stdin', 'clave-stdin'] },
    'password-ref': { type: 'string', alias: ['contrasena-ref', 'clave-ref'] },
    mailbox: { type: 'string', alias: 'buzon' },
    archive: { type: 'string', alias: 'archivo' },
    'ca-file': { type: 'string', alias: 'archivo-ca' },
    save: { type: 'boolean', alias: 'guardar' },
    limit: { type: 'string', alias: 'limite' },
  },
  run: async (ctx, flags) =>
    (await import('../core/flows/bounces-check.ts')).checkBounces(ctx, {
      ...{ profile: flags.profile, host: flags.host, user: flags.user },
      ...{ mailbox: flags.mailbox, archive: flags.archive, caFile: flags['ca-file'] },
      port: flags.port === undefined ? undefined : wholeNumber('port', flags.port),
      password: passwordSource(flags['password-stdin'], flags['password-ref']),
      keep: flags.save === true ? 'save' : 'use',
      limit: flags.limit === undefined ? null : wholeNumber('limit', flags.limit),
    }),
})

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {
    client: { type: 'string', alias: ['c', 'cliente'], many: true },
    limit: { type: 'string', alias: 'limite' },
  },
  run: async (ctx, { client, limit }) =>
    (await import('../core/flows/bounces-list.ts')).showBounces(ctx, {
      clients: client ?? [],
      limit: limit === undefined ? null : wholeNumber('limit', limit),
    }),
})

const quarantineList = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {},
  run: async (ctx) => (await import('../core/flows/bounces-list.ts')).showQuarantine(ctx),
})

const quarantineAdd = command({
  name: 'add',
  aliases: ['agregar'],
  needs: 'outbox',
  positionals: ADDRESSES,
  flags: REASON,
  run: async (ctx, { reason }, words) =>
    (await import('../core/flows/bounces-list.ts')).addToQuarantine(ctx, {
      addresses: words['address'] ?? [],
      reason: reason ?? '',
    }),
})

const quarantineRelease = command({
  name: 'release',
  aliases: ['liberar', 'soltar'],
  needs: 'outbox',
  positionals: ADDRESSES,
  flags: REASON,
  run: async (ctx, { reason }, words) =>
    (await import('../core/flows/bounces-list.ts')).releaseFromQuarantine(ctx, {
      addresses: words['address'] ?? [],
      reason: reason ?? '',
    }),
})

const quarantine: CommandGroup = {
  name: 'quarantine',
  aliases: ['cuarentena'],
  commands: [quarantineList, quarantineAdd, quarantineRelease],
}

/** `bounces`: mail that came back, and addresses that nothing is sent to because of it. */
export const bounces: CommandGroup = {
  name: 'bounces',
  aliases: ['rebotes'],
  commands: [importCommand, check, list, quarantine],
}

function passwordSource(stdin: boolean | undefined, reference: string | undefined) {
  if (stdin === true) return 'stdin'
  return reference === undefined ? undefined : { reference }
}

import type { GroupFields } from '../core/flows/groups.ts'
import { type Arguments, type CommandGroup, command, type FlagValues, word } from './command.ts'

const GROUP = [{ name: 'group', required: true }] as const

const EVENT = { type: 'string', alias: 'evento' } as const

const FIELDS = {
  name: { type: 'string', alias: 'nombre' },
  'requests-to': { type: 'string', alias: 'solicitudes-a' },
  'notices-from': { type: 'string', alias: 'avisos-desde' },
  event: EVENT,
  enabled: { type: 'boolean', alias: 'activo' },
  subject: { type: 'string', alias: ['asunto', 'titulo'] },
  body: { type: 'string', alias: ['cuerpo', 'texto', 'contenido'] },
} as const

const WISH = {
  event: EVENT,
  client: { type: 'string', alias: 'cliente' },
  to: { type: 'string', alias: 'para', many: true },
} as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {},
  run: async (ctx) => (await import('../core/flows/groups.ts')).listGroups(ctx),
})

const show = command({
  name: 'show',
  aliases: ['ver', 'mostrar'],
  positionals: GROUP,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/groups.ts')).showGroup(ctx, word(words, 'group') ?? ''),
})

const add = command({
  name: 'add',
  aliases: ['alta', 'agregar'],
  needs: 'customers',
  positionals: GROUP,
  flags: FIELDS,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/groups.ts')).addGroup(ctx, word(words, 'group') ?? '', fieldsOf(flags)),
})

const set = command({
  name: 'set',
  aliases: ['cambiar', 'modificar'],
  needs: 'customers',
  positionals: GROUP,
  flags: FIELDS,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/groups.ts')).setGroup(ctx, word(words, 'group') ?? '', fieldsOf(flags)),
})

const remove = command({
  name: 'remove',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  needs: 'customers',
  positionals: GROUP,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/groups.ts')).removeGroup(ctx, word(words, 'group') ?? ''),
})

const preview = command({
  name: 'preview',
  aliases: ['previsualizar', 'vista-previa'],
  positionals: GROUP,
  flags: { ...WISH, out: { type: 'string', alias: 'salida', path: true } },
  run: async (ctx, { out, ...flags }, words) =>
    (await import('../core/flows/notify-group.ts')).previewNotice(ctx, wishOf(flags, words), out),
})

const notify = command({
  name: 'notify',
  aliases: ['avisar'],
  needs: 'package',
  positionals: GROUP,
  flags: WISH,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/notify-group.ts')).notifyGroup(ctx, wishOf(flags, words)),
})

function fieldsOf(flags: FlagValues<typeof FIELDS>): GroupFields {
  const { name, event, enabled, subject, body } = flags
  return {
    ...{ name, event, enabled, subject, body },
    requestsTo: flags['requests-to'],
    noticesFrom: flags['notices-from'],
  }
}

function wishOf({ event = '', client = '', to = [] }: FlagValues<typeof WISH>, words: Arguments) {
  return { group: word(words, 'group') ?? '', event, client, to }
}

/** `groups`: customers who are written to alike by the portal. */
export const groups: CommandGroup = {
  name: 'groups',
  aliases: ['grupos', 'group', 'grupo'],
  commands: [list, show, add, set, remove, preview, notify],
}

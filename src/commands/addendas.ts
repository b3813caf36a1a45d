import { EXISTING_FLAG } from './addenda-flags.ts'
import { type CommandGroup, command, word } from './command.ts'
import { meantBy, SPANISH_EXISTING_ADDENDA } from './spanish-values.ts'

const NAME = [{ name: 'addenda', required: true }] as const

/** A text, `@file` or `@-`. */
const BODY = { body: { type: 'string', alias: ['cuerpo', 'plantilla'] } } as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {},
  run: async (ctx) => (await import('../core/flows/addendas.ts')).listAddendas(ctx),
})

const show = command({
  name: 'show',
  aliases: ['ver', 'mostrar'],
  positionals: NAME,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/addendas.ts')).showAddenda(ctx, word(words, 'addenda') ?? ''),
})

const add = command({
  name: 'add',
  needs: 'templates',
  aliases: ['alta', 'agregar'],
  positionals: NAME,
  flags: BODY,
  run: async (ctx, { body }, words) =>
    (await import('../core/flows/addendas.ts')).addAddenda(ctx, word(words, 'addenda') ?? '', body),
})

const set = command({
  name: 'set',
  needs: 'templates',
  aliases: ['cambiar', 'modificar'],
  positionals: NAME,
  flags: BODY,
  run: async (ctx, { body }, words) =>
    (await import('../core/flows/addendas.ts')).setAddenda(ctx, word(words, 'addenda') ?? '', body),
})

const remove = command({
  name: 'remove',
  needs: 'templates',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  positionals: NAME,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/addendas.ts')).removeAddenda(ctx, word(words, 'addenda') ?? ''),
})

const preview = command({
  name: 'preview',
  aliases: ['previsualizar', 'vista-previa'],
  positionals: NAME,
  flags: {
    uuid: { type: 'string', alias: 'folio-fiscal' },
    client: { type: 'string', alias: 'cliente' },
    'addenda-data': { type: 'string', alias: 'datos-addenda', path: true },
    'addenda-existing': EXISTING_FLAG,
    out: { type: 'string', alias: 'salida', path: true },
  },
  run: async (ctx, flags, words) =>
    (await import('../core/flows/preview-addenda.ts')).previewAddenda(ctx, {
      name: word(words, 'addenda') ?? '',
      uuid: flags.uuid,
      customer: flags.client,
      dataFile: flags['addenda-data'],
      existing: meantBy(flags['addenda-existing'], SPANISH_EXISTING_ADDENDA),
      out: flags.out,
    }),
})

const check = command({
  name: 'check',
  aliases: ['revisar'],
  positionals: [{ name: 'addenda' }],
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/addendas.ts')).checkAddendas(ctx, word(words, 'addenda')),
})

/** `addendas`: what chains want inside the XML. */
export const addendas: CommandGroup = {
  name: 'addendas',
  aliases: ['adendas', 'addenda', 'adenda'],
  commands: [list, show, add, set, remove, preview, check],
}

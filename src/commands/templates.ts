import { type CommandGroup, command, word } from './command.ts'

const NAME = [{ name: 'template', required: true }] as const

/** What it is for: sales documents, payments, payroll, papers, any. */
const SCOPE = { type: 'string', alias: 'mostrar-para' } as const

/** Each takes a text, `@file` or `@-`. */
const TEXTS = {
  subject: { type: 'string', alias: ['asunto', 'titulo'] },
  body: { type: 'string', alias: ['cuerpo', 'texto'] },
  description: { type: 'string', alias: 'descripcion' },
  scope: SCOPE,
} as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: { scope: SCOPE },
  run: async (ctx, { scope }) => (await import('../core/flows/templates.ts')).listTemplates(ctx, scope),
})

const show = command({
  name: 'show',
  aliases: ['ver', 'mostrar'],
  positionals: NAME,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/templates.ts')).showTemplate(ctx, word(words, 'template') ?? ''),
})

const add = command({
  name: 'add',
  aliases: ['alta', 'agregar'],
  needs: 'templates',
  positionals: NAME,
  flags: TEXTS,
  run: async (ctx, texts, words) =>
    (await import('../core/flows/templates.ts')).addTemplate(ctx, word(words, 'template') ?? '', texts),
})

const set = command({
  name: 'set',
  aliases: ['cambiar', 'modificar'],
  needs: 'templates',
  positionals: NAME,
  flags: TEXTS,
  run: async (ctx, texts, words) =>
    (await import('../core/flows/templates.ts')).setTemplate(ctx, word(words, 'template') ?? '', texts),
})

const remove = command({
  name: 'remove',
  aliases: ['quitar', 'baja', 'eliminar', 'borrar'],
  needs: 'templates',
  positionals: NAME,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/templates.ts')).removeTemplate(ctx, word(words, 'template') ?? ''),
})

const preview = command({
  name: 'preview',
  aliases: ['previsualizar', 'vista-previa'],
  // As the other commands name it; --template says the same, and two of one name would be one.
  positionals: [{ name: 'shown-template' }],
  flags: {
    uuid: { type: 'string', alias: 'folio-fiscal' },
    template: { type: 'string', alias: 'plantilla' },
    client: { type: 'string', alias: 'cliente' },
    out: { type: 'string', alias: 'salida', path: true },
  },
  run: async (ctx, { uuid, template, client, out }, words) =>
    (await import('../core/flows/preview-template.ts')).previewTemplate(ctx, {
      uuid,
      template: word(words, 'shown-template') ?? template,
      customer: client,
      out,
    }),
})

const check = command({
  name: 'check',
  aliases: ['revisar'],
  positionals: [{ name: 'template' }],
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/templates.ts')).checkTemplates(ctx, word(words, 'template')),
})

const fields = command({
  name: 'fields',
  aliases: ['campos'],
  flags: {},
  run: async () => (await import('../core/flows/templates.ts')).listFields(),
})

/** `templates`: what customers read. */
export const templates: CommandGroup = {
  name: 'templates',
  aliases: ['plantillas', 'template', 'plantilla'],
  commands: [list, show, add, set, remove, preview, check, fields],
}

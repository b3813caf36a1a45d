import type { TypeFields } from '../core/flows/type-fields.ts'
import { PASSWORD_RULES } from '../core/model/file-password.ts'
import { parseKinds } from '../core/model/kinds.ts'
import { AFTER_SEND, GROUPINGS, PDF_POLICIES } from '../core/model/packaging-type.ts'
import { PORTAL_ACCESS } from '../core/model/portal.ts'
import { parseAssignments } from '../core/model/template-use.ts'
import { EXISTING_FLAG, templateName } from './addenda-flags.ts'
import { type CommandGroup, command, type FlagValues, word } from './command.ts'
import {
  choicesOf,
  meantBy,
  SPANISH_AFTER_SEND,
  SPANISH_EXISTING_ADDENDA,
  SPANISH_GROUPINGS,
  SPANISH_PASSWORDS,
  SPANISH_PDF,
  SPANISH_PORTAL_ACCESS,
} from './spanish-values.ts'

const CODE = [{ name: 'code', required: true }] as const

const FIELDS = {
  description: { type: 'string', alias: 'descripcion' },
  client: { type: 'string', alias: 'cliente' },
  kind: { type: 'string', alias: 'comprobante', many: true },
  pdf: { type: 'string', alias: [], ...choicesOf(PDF_POLICIES, SPANISH_PDF) },
  bom: { type: 'boolean', alias: [] },
  'group-by': { type: 'string', alias: 'agrupar', ...choicesOf(GROUPINGS, SPANISH_GROUPINGS) },
  zip: { type: 'boolean', alias: [] },
  'password-rule': {
    type: 'string',
    alias: ['regla-contrasena', 'contrasena'],
    ...choicesOf([...PASSWORD_RULES, 'none'], SPANISH_PASSWORDS),
  },
  'password-hint': { type: 'string', alias: 'pista-contrasena' },
  folder: { type: 'string', alias: ['carpeta', 'carpeta-destino'] },
  'name-pattern': { type: 'string', alias: ['patron', 'patron-nombre'] },
  'by-mail': { type: 'boolean', alias: 'por-correo' },
  'after-send': {
    type: 'string',
    alias: 'despues-de-enviar',
    ...choicesOf(AFTER_SEND, SPANISH_AFTER_SEND),
  },
  addenda: { type: 'string', alias: 'adenda' },
  'addenda-existing': EXISTING_FLAG,
  'portal-access': {
    type: 'string',
    alias: 'acceso-portal',
    ...choicesOf(PORTAL_ACCESS, SPANISH_PORTAL_ACCESS),
  },
  profile: { type: 'string', alias: 'perfil' },
  sender: { type: 'string', alias: 'remitente' },
  subject: { type: 'string', alias: ['asunto', 'titulo'] },
  body: { type: 'string', alias: ['cuerpo', 'texto'] },
  template: { type: 'string', alias: 'plantilla', many: true },
  'long-timeout': { type: 'boolean', alias: 'espera-larga' },
  'log-success': { type: 'boolean', alias: 'anotar-exitos' },
} as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {},
  run: async (ctx) => (await import('../core/flows/types.ts')).listTypes(ctx),
})

const show = command({
  name: 'show',
  aliases: ['ver', 'mostrar'],
  positionals: CODE,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/types.ts')).showType(ctx, word(words, 'code') ?? ''),
})

const add = command({
  name: 'add',
  aliases: ['alta', 'agregar'],
  needs: 'templates',
  positionals: CODE,
  flags: FIELDS,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/types.ts')).addType(ctx, word(words, 'code') ?? '', fieldsOf(flags)),
})

const set = command({
  name: 'set',
  aliases: ['cambiar', 'modificar'],
  needs: 'templates',
  positionals: CODE,
  flags: FIELDS,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/types.ts')).setType(ctx, word(words, 'code') ?? '', fieldsOf(flags)),
})

const remove = command({
  name: 'remove',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  needs: 'templates',
  positionals: CODE,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/types.ts')).removeType(ctx, word(words, 'code') ?? ''),
})

function fieldsOf(flags: FlagValues<typeof FIELDS>): TypeFields {
  return {
    description: flags.description,
    customer: flags.client,
    kinds: flags.kind === undefined ? undefined : parseKinds(flags.kind),
    pdf: meantBy(flags.pdf, SPANISH_PDF),
    withBom: flags.bom,
    grouping: meantBy(flags['group-by'], SPANISH_GROUPINGS),
    zip: flags.zip,
    passwordRule: meantBy(flags['password-rule'], SPANISH_PASSWORDS),
    passwordHint: flags['password-hint'],
    folder: flags.folder,
    namePattern: flags['name-pattern'],
    byMail: flags['by-mail'],
    afterSend: meantBy(flags['after-send'], SPANISH_AFTER_SEND),
    addenda: templateName(flags.addenda),
    existingAddenda: meantBy(flags['addenda-existing'], SPANISH_EXISTING_ADDENDA),
    portalAccess: meantBy(flags['portal-access'], SPANISH_PORTAL_ACCESS),
    profile: flags.profile,
    sender: flags.sender,
    subject: flags.subject,
    body: flags.body,
    templates: flags.template === undefined ? undefined : parseAssignments(flags.template),
    longTimeout: flags['long-timeout'],
    logSuccess: flags['log-success'],
  }
}

/** `types`: how documents are packaged and mailed. */
export const types: CommandGroup = {
  name: 'types',
  aliases: ['tipos'],
  commands: [list, show, add, set, remove],
}

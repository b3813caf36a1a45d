import { parseAddendaFields } from '../core/model/addenda-field.ts'
import { type CommandGroup, command, word } from './command.ts'
import { filePassword } from './customers-file-password.ts'
import { access } from './customers-access.ts'
import { contacts } from './customers-contacts.ts'
import { exportCommand, importCommand } from './customers-tables.ts'

const CODE = [{ name: 'code', required: true }] as const

/** What the party is: customer, supplier, employee, bank. */
const KIND = { type: 'string', alias: ['clase', 'tipo'] } as const

/** Flags of the customer's own fields. */
const FIELDS = {
  kind: KIND,
  name: { type: 'string', alias: 'nombre' },
  rfc: { type: 'string', alias: [] },
  email: { type: 'string', alias: 'correo' },
  'billing-email': { type: 'string', alias: ['correo-facturacion', 'email-facturacion'] },
  packaging: { type: 'string', alias: 'empaquetado' },
  'addenda-field': { type: 'string', alias: ['dato-addenda', 'campo-addenda'], many: true },
  mobile: { type: 'string', alias: 'celular' },
  channel: { type: 'string', alias: 'canal' },
  'xml-by': { type: 'string', alias: 'entrega-xml' },
  curp: { type: 'string', alias: [] },
  'employee-number': { type: 'string', alias: ['numero-empleado', 'num-empleado'] },
  group: { type: 'string', alias: 'grupo' },
  class: { type: 'string', alias: ['clase-cliente', 'segmento'] },
} as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: { kind: KIND },
  run: async (ctx, { kind }) => (await import('../core/flows/customers.ts')).listCustomers(ctx, { kind }),
})

const show = command({
  name: 'show',
  aliases: ['ver', 'mostrar'],
  positionals: CODE,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/customers.ts')).showCustomer(ctx, word(words, 'code') ?? ''),
})

const add = command({
  name: 'add',
  aliases: ['alta', 'agregar'],
  needs: 'customers',
  positionals: [{ name: 'code' }],
  flags: { ...FIELDS, pos: { type: 'boolean', alias: 'punto-de-venta' } },
  run: async (ctx, flags, words) =>
    (await import('../core/flows/customers.ts')).addCustomer(ctx, {
      code: word(words, 'code'),
      kind: flags.kind,
      name: flags.name,
      rfc: flags.rfc,
      email: flags.email,
      billingEmail: flags['billing-email'],
      packaging: flags.packaging,
      addendaFields: parseAddendaFields(flags['addenda-field']),
      mobile: flags.mobile,
      channel: flags.channel,
      xmlBy: flags['xml-by'],
      curp: flags.curp,
      employeeNumber: flags['employee-number'],
      group: flags.group,
      class: flags.class,
      pointOfSale: flags.pos === true,
    }),
})

const set = command({
  name: 'set',
  aliases: ['cambiar', 'modificar'],
  needs: 'customers',
  positionals: CODE,
  flags: FIELDS,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/customers.ts')).setCustomer(ctx, word(words, 'code') ?? '', {
      kind: flags.kind,
      name: flags.name,
      rfc: flags.rfc,
      email: flags.email,
      billingEmail: flags['billing-email'],
      packaging: flags.packaging,
      addendaFields: parseAddendaFields(flags['addenda-field']),
      mobile: flags.mobile,
      channel: flags.channel,
      xmlBy: flags['xml-by'],
      curp: flags.curp,
      employeeNumber: flags['employee-number'],
      group: flags.group,
      class: flags.class,
    }),
})

const remove = command({
  name: 'remove',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  needs: 'customers',
  positionals: [{ name: 'code', required: true, many: true }],
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/customers.ts')).removeCustomers(ctx, words['code'] ?? []),
})

const search = command({
  name: 'search',
  aliases: ['buscar'],
  positionals: [{ name: 'text', required: true, many: true }],
  flags: { kind: KIND },
  run: async (ctx, { kind }, words) => {
    const text = (words['text'] ?? []).join(' ')
    return (await import('../core/flows/customers.ts')).listCustomers(ctx, { text, kind })
  },
})

const explain = command({
  name: 'explain',
  aliases: ['explicar'],
  positionals: CODE,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/customers.ts')).explainCustomer(ctx, word(words, 'code') ?? ''),
})

const check = command({
  name: 'check',
  aliases: ['revisar'],
  positionals: [{ name: 'code', many: true }],
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/customer-check.ts')).checkAllCustomers(ctx, words['code'] ?? []),
})

/** `customers`: who gets documents, and which of its addresses. */
export const customers: CommandGroup = {
  name: 'customers',
  aliases: ['clientes', 'customer', 'cliente'],
  commands: [
    list,
    show,
    add,
    set,
    remove,
    search,
    importCommand,
    exportCommand,
    explain,
    check,
    access,
    filePassword,
    contacts,
  ],
}

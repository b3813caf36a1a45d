import { CfdiMailError } from '../core/model/errors.ts'
import { type Arguments, type CommandGroup, command, word } from './command.ts'

const CODE = { name: 'code', required: true } as const
const CONTACT = { name: 'contact', required: true } as const

const FIELDS = {
  name: { type: 'string', alias: 'nombre' },
  email: { type: 'string', alias: 'correo' },
  send: { type: 'boolean', alias: 'enviar' },
  mobile: { type: 'string', alias: 'celular' },
} as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  positionals: [CODE],
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/customers.ts')).showCustomer(ctx, word(words, 'code') ?? ''),
})

const add = command({
  name: 'add',
  aliases: ['alta', 'agregar'],
  needs: 'customers',
  positionals: [CODE, { name: 'contact' }],
  flags: FIELDS,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/customer-contacts.ts')).addContact(ctx, word(words, 'code') ?? '', {
      name: flags.name,
      email: addressOf(flags.email, words),
      getsInvoices: flags.send,
      mobile: flags.mobile,
    }),
})

/** As a word of its own, which is what people type, or by its flag. @throws BAD_SELECTION for both */
function addressOf(flag: string | undefined, words: Arguments): string {
  const typed = word(words, 'contact')
  if (typed !== undefined && flag !== undefined)
    throw new CfdiMailError('BAD_SELECTION', { flags: `${typed}, --email` })
  return typed ?? flag ?? ''
}

const set = command({
  name: 'set',
  aliases: ['cambiar', 'modificar'],
  needs: 'customers',
  positionals: [CODE, CONTACT],
  flags: FIELDS,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/customer-contacts.ts')).setContact(
      ctx,
      { customer: word(words, 'code') ?? '', contact: word(words, 'contact') ?? '' },
      { name: flags.name, email: flags.email, getsInvoices: flags.send, mobile: flags.mobile },
    ),
})

const remove = command({
  name: 'remove',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  needs: 'customers',
  positionals: [CODE, CONTACT],
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/customer-contacts.ts')).removeContact(
      ctx,
      word(words, 'code') ?? '',
      word(words, 'contact') ?? '',
    ),
})

/** `customers contacts`: people of a customer, and whether they get its invoices. */
export const contacts: CommandGroup = {
  name: 'contacts',
  aliases: ['contactos', 'contacto'],
  commands: [list, add, set, remove],
}

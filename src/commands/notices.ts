import { parseNoticeStates } from '../core/model/states.ts'
import { type CommandGroup, command } from './command.ts'
import { PERIOD_FLAGS, periodOf } from './period-flags.ts'

const NOTICES = [{ name: 'receipt', required: true, many: true }] as const

const add = command({
  name: 'add',
  aliases: ['alta', 'agregar'],
  needs: 'package',
  flags: {
    client: { type: 'string', alias: ['c', 'cliente'] },
    supplier: { type: 'string', alias: 'proveedor' },
    amount: { type: 'string', alias: 'importe' },
    currency: { type: 'string', alias: 'moneda' },
    date: { type: 'string', alias: 'fecha' },
    reference: { type: 'string', alias: 'referencia' },
    paid: { type: 'string', alias: 'pagado', many: true },
    pdf: { type: 'string', alias: [], path: true },
    'mail-language': { type: 'string', alias: 'idioma-correo' },
    send: { type: 'boolean', alias: 'enviar' },
  },
  run: async (ctx, { send, paid = [], ...flags }) =>
    (await import('../core/flows/queue-payment-notices.ts')).addPaymentNotice(ctx, {
      ...{ client: flags.client, supplier: flags.supplier, amount: flags.amount, currency: flags.currency },
      ...{ date: flags.date, reference: flags.reference, paid, pdf: flags.pdf },
      language: flags['mail-language'],
      send: send === false ? 'not-marked' : 'send',
    }),
})

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {
    client: { type: 'string', alias: ['c', 'cliente'], many: true },
    ...PERIOD_FLAGS,
    state: { type: 'string', alias: 'estado', many: true },
  },
  run: async (ctx, flags) =>
    (await import('../core/flows/payment-notices.ts')).showPaymentNotices(ctx, {
      clients: flags.client ?? [],
      period: periodOf(ctx, flags),
      states: flags.state === undefined ? null : parseNoticeStates(flags.state),
    }),
})

const send = command({
  name: 'send',
  aliases: ['enviar'],
  needs: 'package',
  positionals: [{ name: 'receipt', many: true }],
  flags: { all: { type: 'boolean', alias: ['todos', 'todo'] } },
  run: async (ctx, { all }, words) =>
    (await import('../core/flows/queue-payment-notices.ts')).queuePaymentNotices(ctx, {
      ids: words['receipt'] ?? [],
      which: all === true ? 'all' : 'named',
    }),
})

const resend = command({
  name: 'resend',
  aliases: ['reenviar'],
  needs: 'resend',
  positionals: NOTICES,
  flags: {
    to: { type: 'string', alias: 'para', many: true },
    reason: { type: 'string', alias: 'motivo' },
  },
  run: async (ctx, { to, reason }, words) =>
    (await import('../core/flows/payment-notices.ts')).resendNotices(ctx, {
      ids: words['receipt'] ?? [],
      to: to ?? [],
      reason: reason ?? null,
    }),
})

const remove = command({
  name: 'remove',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  needs: 'package',
  positionals: NOTICES,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/payment-notices.ts')).removeNotices(ctx, words['receipt'] ?? []),
})

/** `notices`: receipts of collections and of payments to suppliers that come from no file. */
export const notices: CommandGroup = {
  name: 'notices',
  aliases: ['avisos'],
  commands: [add, list, send, resend, remove],
}

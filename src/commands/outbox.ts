import { CfdiMailError } from '../core/model/errors.ts'
import { wholeNumber } from '../core/model/numbers.ts'
import { REPLY_PHASES } from '../core/model/reply-rules.ts'
import { parseStates } from '../core/model/states.ts'
import { type CommandGroup, command, word } from './command.ts'
import { PERIOD_FLAGS, periodOf } from './period-flags.ts'
import { choicesOf, meantBy, SPANISH_PHASES } from './spanish-values.ts'

const ORDER = [{ name: 'order', required: true }] as const
const ORDERS = [{ name: 'order', required: true, many: true }] as const
const REASON = { reason: { type: 'string', alias: 'motivo' } } as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {
    client: { type: 'string', alias: ['c', 'cliente'], many: true },
    ...PERIOD_FLAGS,
    state: { type: 'string', alias: 'estado', many: true },
    uuid: { type: 'string', alias: 'folio-fiscal' },
    limit: { type: 'string', alias: 'limite' },
    notices: { type: 'boolean', alias: 'avisos' },
  },
  run: async (ctx, flags) => {
    if (flags.notices === true) return (await import('../core/flows/notices.ts')).showNotices(ctx)
    return (await import('../core/flows/outbox.ts')).listOutbox(ctx, {
      clients: flags.client ?? [],
      period: periodOf(ctx, flags),
      states: flags.state === undefined ? null : parseStates(flags.state),
      uuid: flags.uuid ?? null,
      limit: flags.limit === undefined ? null : wholeNumber('limit', flags.limit),
    })
  },
})

const show = command({
  name: 'show',
  aliases: ['ver', 'mostrar'],
  positionals: ORDER,
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/outbox.ts')).showOrder(ctx, word(words, 'order') ?? ''),
})

const hold = command({
  name: 'hold',
  aliases: ['retener', 'detener'],
  needs: 'outbox',
  positionals: ORDERS,
  flags: REASON,
  run: async (ctx, { reason }, words) =>
    (await import('../core/flows/steer-orders.ts')).holdOrders(ctx, {
      orders: words['order'] ?? [],
      reason: reason ?? '',
    }),
})

const release = command({
  name: 'release',
  aliases: ['liberar', 'soltar'],
  needs: 'outbox',
  positionals: ORDERS,
  flags: REASON,
  run: async (ctx, { reason }, words) =>
    (await import('../core/flows/steer-orders.ts')).releaseOrders(ctx, {
      orders: words['order'] ?? [],
      reason: reason ?? '',
    }),
})

const cancel = command({
  name: 'cancel',
  aliases: ['cancelar'],
  needs: 'outbox',
  positionals: ORDERS,
  flags: REASON,
  run: async (ctx, { reason }, words) =>
    (await import('../core/flows/steer-orders.ts')).cancelOrders(ctx, {
      orders: words['order'] ?? [],
      reason: reason ?? '',
    }),
})

const resolve = command({
  name: 'resolve',
  aliases: ['resolver'],
  needs: 'outbox',
  positionals: ORDER,
  flags: {
    sent: { type: 'boolean', alias: 'enviado' },
    resend: { type: 'boolean', alias: 'reenviar' },
    recipient: { type: 'string', alias: 'destinatario' },
    ...REASON,
  },
  run: async (ctx, { sent, resend, recipient, reason }, words) => {
    if (sent === true && resend === true)
      throw new CfdiMailError('BAD_SELECTION', { flags: '--sent, --resend' })
    if (sent !== true && resend !== true) throw new CfdiMailError('CHOOSE_VERDICT')
    return (await import('../core/flows/steer-orders.ts')).resolveOrder(ctx, {
      order: word(words, 'order') ?? '',
      verdict: sent === true ? 'sent' : 'resend',
      recipient: recipient ?? null,
      reason: reason ?? '',
    })
  },
})

const explain = command({
  name: 'explain',
  aliases: ['explicar'],
  positionals: [{ name: 'reply', required: true, many: true }],
  flags: { phase: { type: 'string', alias: 'fase', ...choicesOf(REPLY_PHASES, SPANISH_PHASES) } },
  run: async (_ctx, { phase }, words) =>
    (await import('../core/flows/outbox.ts')).explainReply(
      (words['reply'] ?? []).join(' '),
      meantBy(phase, SPANISH_PHASES),
    ),
})

/** `outbox`: what is queued, what became of it, and a person's word about it. */
export const outbox: CommandGroup = {
  name: 'outbox',
  aliases: ['bandeja', 'salida'],
  commands: [list, show, hold, release, cancel, resolve, explain],
}

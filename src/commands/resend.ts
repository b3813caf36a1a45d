import { parseStates } from '../core/model/states.ts'
import { command } from './command.ts'
import { PERIOD_FLAGS, periodOf } from './period-flags.ts'

/** `resend`: a new order that names the first. `--to` takes addresses, and also the period's last day: a day has no `@`. */
export const resendCommand = command({
  name: 'resend',
  aliases: ['reenviar'],
  needs: 'resend',
  positionals: [{ name: 'order', many: true }],
  flags: {
    client: { type: 'string', alias: ['c', 'cliente'], many: true },
    ...PERIOD_FLAGS,
    to: { type: 'string', alias: ['para', 'hasta'], many: true },
    state: { type: 'string', alias: 'estado', many: true },
    save: { type: 'boolean', alias: 'guardar' },
    reason: { type: 'string', alias: 'motivo' },
    yes: { type: 'boolean', alias: ['y', 'si'] },
  },
  run: async (ctx, flags, words) => {
    const ends = (flags.to ?? []).filter(isDay)
    return (await import('../core/flows/resend.ts')).resendOrders(ctx, {
      orders: words['order'] ?? [],
      clients: flags.client ?? [],
      period: periodOf(ctx, { ...flags, to: ends.at(-1) }),
      states: flags.state === undefined ? null : parseStates(flags.state),
      to: (flags.to ?? []).filter((value) => !isDay(value)),
      keep: flags.save === true ? 'save' : 'once',
      reason: flags.reason ?? null,
      confirmed: flags.yes === true ? 'yes' : 'no',
    })
  },
})

/** What begins like a date and names no mailbox; whether it is a day of the calendar is asked later. */
function isDay(value: string): boolean {
  return /^\d/.test(value) && !value.includes('@')
}

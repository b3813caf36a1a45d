import { EVENT_LEVELS } from '../core/model/event.ts'
import { wholeNumber } from '../core/model/numbers.ts'
import { command } from './command.ts'
import { PERIOD_FLAGS, periodOf } from './period-flags.ts'
import { choicesOf, meantBy, SPANISH_LEVELS } from './spanish-values.ts'

/** `log`: what happened. Its days are this machine's, not the documents'. */
export const logCommand = command({
  name: 'log',
  aliases: ['bitacora'],
  flags: {
    client: { type: 'string', alias: ['c', 'cliente'] },
    ...PERIOD_FLAGS,
    level: { type: 'string', alias: 'nivel', ...choicesOf(EVENT_LEVELS, SPANISH_LEVELS) },
    uuid: { type: 'string', alias: 'folio-fiscal' },
    order: { type: 'string', alias: 'orden' },
    limit: { type: 'string', alias: 'limite' },
  },
  run: async (ctx, flags) =>
    (await import('../core/flows/event-log.ts')).showLog(ctx, {
      client: flags.client ?? null,
      period: periodOf(ctx, flags),
      level: meantBy(flags.level, SPANISH_LEVELS) ?? null,
      uuid: flags.uuid ?? null,
      order: flags.order ?? null,
      limit: flags.limit === undefined ? null : wholeNumber('limit', flags.limit),
    }),
})

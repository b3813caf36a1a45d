import { parseDuration } from '../core/model/duration.ts'
import { calendarDay } from '../core/model/period.ts'
import { command } from './command.ts'

/** `watch`: automatic packaging, and with `--send` the whole work in one program that stays. */
export const watchCommand = command({
  name: 'watch',
  aliases: ['vigilar'],
  needs: 'package',
  flags: {
    source: { type: 'string', alias: 'origen', many: true, path: true },
    from: { type: 'string', alias: 'desde' },
    send: { type: 'boolean', alias: 'enviar' },
    every: { type: 'string', alias: 'cada' },
    rescan: { type: 'string', alias: 'repaso' },
    settle: { type: 'string', alias: 'reposo' },
    'pdf-wait': { type: 'string', alias: 'espera-pdf' },
  },
  async *run(ctx, flags) {
    // Without sending, the only thing that is done every so often is the look at the folders.
    const rescan = flags.rescan ?? (flags.send === true ? undefined : flags.every)
    const { watchSources } = await import('../core/flows/watch.ts')
    yield* watchSources(ctx, {
      sources: flags.source ?? [],
      from: flags.from === undefined ? null : calendarDay(flags.from),
      rescan: parseDuration(rescan ?? '1m'),
      patience: {
        settle: parseDuration(flags.settle ?? '2s'),
        wait: parseDuration(flags['pdf-wait'] ?? '2m'),
      },
      sendEvery: flags.send === true ? parseDuration(flags.every ?? '5m') : null,
    })
  },
})

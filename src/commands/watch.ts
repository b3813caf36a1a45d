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
    once: { type: 'boolean', alias: 'una-vez' },
    every: { type: 'string', alias: 'cada' },
    rescan: { type: 'string', alias: 'repaso' },
    settle: { type: 'string', alias: 'reposo' },
    'pdf-wait': { type: 'string', alias: 'espera-pdf' },
  },
  resident: ({ once }) => once !== true,
  async *run(ctx, flags) {
    const sends = flags.send === true
    if (sends) await (await import('../core/flows/authorise.ts')).authorise(ctx, 'send')
    const { watchSources } = await import('../core/flows/watch.ts')
    yield* watchSources(ctx, {
      sources: flags.source ?? [],
      from: flags.from === undefined ? null : calendarDay(flags.from),
      // Without sending, the only thing that is done every so often is the look at the folders.
      rescan: span(flags.rescan ?? (sends ? undefined : flags.every), '1m'),
      patience: { settle: span(flags.settle, '2s'), wait: span(flags['pdf-wait'], '2m') },
      stay: flags.once === true ? 'once' : 'resident',
      sendEvery: sends ? span(flags.every, '5m') : null,
    })
  },
})

function span(typed: string | undefined, preset: string): number {
  return parseDuration(typed ?? preset)
}

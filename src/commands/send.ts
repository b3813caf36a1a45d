import { parseDuration } from '../core/model/duration.ts'
import { CfdiMailError } from '../core/model/errors.ts'
import { wholeNumber } from '../core/model/numbers.ts'
import { command } from './command.ts'

/** Ways to send that exclude one another: a trial that is silently something else may reach a customer. */
const MODES = ['plan', 'sandbox', 'redirect-to', 'watch'] as const

const FIVE_MINUTES = 300_000

export const sendCommand = command({
  name: 'send',
  aliases: ['enviar'],
  needs: 'send',
  flags: {
    limit: { type: 'string', alias: 'limite' },
    profile: { type: 'string', alias: 'perfil' },
    watch: { type: 'boolean', alias: 'vigilar' },
    every: { type: 'string', alias: 'cada' },
    sandbox: { type: 'string', alias: 'ensayo', path: true },
    'redirect-to': { type: 'string', alias: 'desviar-a' },
    plan: { type: 'boolean', alias: 'previsto' },
  },
  resident: ({ watch }) => watch === true,
  async *run(ctx, flags) {
    checkMix(flags)
    const request = {
      limit: flags.limit === undefined ? null : wholeNumber('limit', flags.limit),
      profile: flags.profile ?? null,
    }
    if (flags.plan === true) yield await (await import('../core/flows/send-plan.ts')).planSend(ctx, request)
    else if (flags.sandbox !== undefined) {
      yield await (
        await import('../core/flows/send-sandbox.ts')
      ).sendToFolder(ctx, { ...request, folder: flags.sandbox })
    } else if (flags['redirect-to'] !== undefined) {
      yield await (
        await import('../core/flows/send-redirected.ts')
      ).sendRedirected(ctx, { ...request, to: flags['redirect-to'] })
    } else if (flags.watch === true) {
      const every = flags.every === undefined ? FIVE_MINUTES : parseDuration(flags.every)
      yield* (await import('../core/flows/send-watch.ts')).sendAndWatch(ctx, { ...request, every })
    } else yield await (await import('../core/flows/send-due.ts')).sendManyDue(ctx, request)
  },
})

/** Refuses what excludes one another, and what would do nothing without another. */
function checkMix(flags: Readonly<Partial<Record<(typeof MODES)[number] | 'every', unknown>>>): void {
  const modes = MODES.filter((mode) => flags[mode] !== undefined && flags[mode] !== false)
  if (modes.length > 1)
    throw new CfdiMailError('BAD_SELECTION', { flags: modes.map((mode) => `--${mode}`).join(', ') })
  if (flags.every !== undefined && flags.watch !== true) throw new CfdiMailError('ONLY_WITH_WATCH')
}

import type { ScheduleRequest } from '../core/flows/schedule.ts'
import { parseDuration } from '../core/model/duration.ts'
import { CfdiMailError } from '../core/model/errors.ts'
import { SCHEDULERS } from '../core/model/schedule.ts'
import { type CommandGroup, command, type FlagValues } from './command.ts'

const FLAGS = {
  kind: { type: 'string', alias: 'medio', choices: SCHEDULERS },
  every: { type: 'string', alias: 'cada' },
  resident: { type: 'boolean', alias: 'residente' },
  'send-only': { type: 'boolean', alias: 'solo-enviar' },
  user: { type: 'boolean', alias: 'usuario' },
  system: { type: 'boolean', alias: 'sistema' },
  'run-as': { type: 'string', alias: 'ejecutar-como' },
} as const

const install = command({
  name: 'install',
  aliases: ['instalar'],
  needs: 'store',
  flags: {
    ...FLAGS,
    print: { type: 'boolean', alias: 'imprimir' },
    folder: { type: 'string', alias: 'carpeta', path: true },
  },
  run: async (ctx, flags) => {
    const flow = await import('../core/flows/schedule.ts')
    const request = requestOf(flags)
    return flags.print === true
      ? flow.showSchedule(ctx, request)
      : flow.installSchedule(ctx, { ...request, folder: flags.folder ?? null })
  },
})

const show = command({
  name: 'show',
  aliases: ['ver', 'mostrar'],
  flags: FLAGS,
  run: async (ctx, flags) => (await import('../core/flows/schedule.ts')).showSchedule(ctx, requestOf(flags)),
})

const remove = command({
  name: 'remove',
  aliases: ['quitar', 'baja', 'eliminar', 'borrar'],
  flags: FLAGS,
  opens: 'nothing',
  run: async (ctx, flags) =>
    (await import('../core/flows/schedule.ts')).removeSchedule(ctx, requestOf(flags)),
})

/** `schedule`: has the system start the program by itself. */
export const schedule: CommandGroup = {
  name: 'schedule',
  aliases: ['programar'],
  commands: [install, show, remove],
}

function requestOf(flags: FlagValues<typeof FLAGS>): ScheduleRequest {
  if (flags.user === true && flags.system === true)
    throw new CfdiMailError('BAD_SELECTION', { flags: '--user, --system' })
  return {
    scheduler: flags.kind ?? null,
    every: parseDuration(flags.every ?? '5m'),
    stay: flags.resident === true ? 'resident' : 'timer',
    job: flags['send-only'] === true ? 'send' : null,
    scope: flags.system === true ? 'system' : 'user',
    user: flags['run-as'] ?? null,
  }
}

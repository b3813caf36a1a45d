import { command } from './command.ts'

export const initCommand = command({
  name: 'init',
  aliases: ['iniciar'],
  flags: {
    yes: { type: 'boolean', alias: ['y', 'si'] },
    source: { type: 'string', alias: 'origen', many: true, path: true },
  },
  opens: 'create',
  run: async (ctx, flags) =>
    (await import('../core/flows/initialise.ts')).initialise(ctx, {
      sources: flags.source ?? [],
      mode: flags.yes === true ? 'defaults' : 'ask',
    }),
})

import { command } from './command.ts'

export const doctorCommand = command({
  name: 'doctor',
  aliases: ['diagnostico'],
  flags: { offline: { type: 'boolean', alias: 'sin-red' } },
  run: async (ctx, flags) =>
    (await import('../core/flows/doctor.ts')).doctor(ctx, flags.offline === true ? 'offline' : 'network'),
})

import { command } from './command.ts'

/** `status`: how much is in each state, and what waits for what. */
export const statusCommand = command({
  name: 'status',
  aliases: ['estado', 'resumen'],
  flags: {},
  run: async (ctx) => (await import('../core/flows/status.ts')).showStatus(ctx),
})

import { command } from './command.ts'

export const demoCommand = command({
  name: 'demo',
  aliases: ['demostracion'],
  flags: {},
  opens: 'throw-away',
  run: async (ctx) => (await import('../core/flows/demo.ts')).demo(ctx),
})

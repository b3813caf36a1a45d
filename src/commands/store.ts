import { type CommandGroup, command } from './command.ts'

const adopt = command({
  name: 'adopt',
  aliases: ['adoptar'],
  needs: 'store',
  flags: {},
  run: async (ctx) => (await import('../core/flows/store-identity.ts')).adoptStore(ctx),
})

/** `store`: where the data belong. */
export const store: CommandGroup = {
  name: 'store',
  aliases: ['almacen'],
  commands: [adopt],
}

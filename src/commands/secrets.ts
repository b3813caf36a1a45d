import { type CommandGroup, command } from './command.ts'

const flows = () => import('../core/flows/secrets.ts')

const check = command({
  name: 'check',
  aliases: ['revisar'],
  flags: {},
  run: async (ctx) => (await flows()).checkSecrets(ctx),
})

const rekey = command({
  name: 'rekey',
  aliases: ['recifrar'],
  needs: 'store',
  flags: { 'forget-old': { type: 'boolean', alias: 'olvidar-anterior' } },
  run: async (ctx, flags) => (await flows()).rekey(ctx, flags['forget-old'] === true ? 'forget' : 'keep'),
})

/** `secrets`: the sealed passwords and tokens, and the key that opens them. */
export const secrets: CommandGroup = {
  name: 'secrets',
  aliases: ['secretos'],
  commands: [check, rekey],
}

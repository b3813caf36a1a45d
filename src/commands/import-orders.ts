import { wholeNumber } from '../core/model/numbers.ts'
import { command, word } from './command.ts'

export const importOrdersCommand = command({
  name: 'import-orders',
  aliases: ['importar-ordenes'],
  needs: 'package',
  positionals: [{ name: 'order-folder', path: true }],
  flags: {
    limit: { type: 'string', alias: 'limite' },
    'insecure-dir': { type: 'boolean', alias: 'carpeta-abierta' },
    'dry-run': { type: 'boolean', alias: ['n', 'simular'] },
  },
  run: async (ctx, flags, words) =>
    (await import('../core/flows/import-orders.ts')).importOrders(ctx, {
      folder: word(words, 'order-folder') ?? null,
      limit: flags.limit === undefined ? null : wholeNumber('limit', flags.limit),
      access: flags['insecure-dir'] === true ? 'open' : 'guarded',
      mode: flags['dry-run'] === true ? 'dry-run' : 'write',
    }),
})

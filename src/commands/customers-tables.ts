import { command, word } from './command.ts'

/** `customers import`: from a CSV table, or from the receivers of stamped documents. */
export const importCommand = command({
  name: 'import',
  aliases: ['importar'],
  needs: 'customers',
  positionals: [{ name: 'csv', path: true }],
  flags: {
    'from-cfdi': { type: 'string', alias: 'desde-cfdi', many: true, path: true },
    update: { type: 'boolean', alias: 'actualizar' },
    'clear-empty': { type: 'boolean', alias: 'borrar-vacios' },
    'dry-run': { type: 'boolean', alias: 'simular' },
  },
  run: async (ctx, flags, words) =>
    (await import('../core/flows/customer-import.ts')).importCustomers(ctx, {
      file: word(words, 'csv'),
      folders: flags['from-cfdi'],
      update: flags.update,
      clearEmpty: flags['clear-empty'],
      dryRun: flags['dry-run'],
    }),
})

/** `customers export`: the table that `customers import` takes back. */
export const exportCommand = command({
  name: 'export',
  aliases: ['exportar'],
  flags: { out: { type: 'string', alias: 'salida', path: true } },
  run: async (ctx, flags) =>
    (await import('../core/flows/customer-export.ts')).exportCustomers(ctx, flags.out),
})

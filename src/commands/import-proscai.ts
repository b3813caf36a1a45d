import { command } from './command.ts'

export const importProscaiCommand = command({
  name: 'import-proscai',
  aliases: ['importar-proscai'],
  needs: 'package',
  flags: {
    customers: { type: 'string', alias: 'clientes', path: true },
    orders: { type: 'string', alias: 'ordenes', path: true },
    shadow: { type: 'string', alias: 'sombra', path: true },
    'insecure-dir': { type: 'boolean', alias: 'carpeta-abierta' },
    'dry-run': { type: 'boolean', alias: ['n', 'simular'] },
  },
  run: async (ctx, flags) =>
    (await import('../core/flows/import-proscai.ts')).importProscai(ctx, {
      ...{ customers: flags.customers, orders: flags.orders, shadow: flags.shadow },
      access: flags['insecure-dir'] === true ? 'open' : 'guarded',
      mode: flags['dry-run'] === true ? 'dry-run' : 'write',
    }),
})

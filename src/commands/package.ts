import { GROUPINGS } from '../core/model/packaging-type.ts'
import { PERIOD_DATES } from '../core/model/period.ts'
import { parseKinds } from '../core/model/kinds.ts'
import { ADDENDA_FLAGS, addendaWishes } from './addenda-flags.ts'
import { command } from './command.ts'
import { packagePapers, requirePapers } from './package-papers.ts'
import { PERIOD_FLAGS, periodOf } from './period-flags.ts'
import { choicesOf, meantBy, SPANISH_DATES, SPANISH_GROUPINGS } from './spanish-values.ts'

export const packageCommand = command({
  name: 'package',
  aliases: ['empaquetar'],
  needs: 'package',
  flags: {
    client: { type: 'string', alias: ['c', 'cliente'], many: true },
    ...PERIOD_FLAGS,
    'by-date': { type: 'string', alias: 'por-fecha', ...choicesOf(PERIOD_DATES, SPANISH_DATES) },
    type: { type: 'string', alias: 'tipo' },
    kind: { type: 'string', alias: ['comprobante', 'clase'], many: true },
    papers: { type: 'string', alias: 'papeles', path: true },
    index: { type: 'string', alias: 'indice', path: true },
    'create-customers': { type: 'boolean', alias: 'alta-clientes' },
    'name-pattern': { type: 'string', alias: 'patron-nombre', many: true },
    source: { type: 'string', alias: 'origen', many: true, path: true },
    'group-by': { type: 'string', alias: 'agrupar', ...choicesOf(GROUPINGS, SPANISH_GROUPINGS) },
    zip: { type: 'boolean', alias: [] },
    folder: { type: 'string', alias: ['carpeta', 'carpeta-destino'], path: true },
    'by-mail': { type: 'boolean', alias: 'por-correo' },
    again: { type: 'boolean', alias: 'otra-vez' },
    reason: { type: 'string', alias: 'motivo' },
    ...ADDENDA_FLAGS,
    'dry-run': { type: 'boolean', alias: ['n', 'simular'] },
    'order-files': { type: 'string', alias: 'archivos-orden', path: true },
    all: { type: 'boolean', alias: 'todo' },
  },
  run: async (ctx, flags) => {
    if (flags.papers !== undefined) return packagePapers(ctx, flags.papers, flags)
    requirePapers(flags)
    return (await import('../core/flows/package-cfdis.ts')).packageManyCfdis(ctx, {
      clients: flags.client ?? [],
      period: periodOf(ctx, flags),
      periodOf: meantBy(flags['by-date'], SPANISH_DATES),
      kinds: flags.kind === undefined ? null : parseKinds(flags.kind),
      type: flags.type?.toUpperCase() ?? null,
      sources: flags.source ?? [],
      grouping: meantBy(flags['group-by'], SPANISH_GROUPINGS) ?? null,
      reason: flags.reason ?? null,
      addenda: addendaWishes(flags),
      orderFiles: flags['order-files'],
      folder: flags.folder ?? null,
      ...switches(flags),
    })
  },
})

function switches(
  flags: Readonly<Partial<Record<'zip' | 'by-mail' | 'again' | 'dry-run' | 'all', boolean | undefined>>>,
) {
  return {
    mailing: flags['by-mail'] === false ? ('none' as const) : ('as-type' as const),
    packing: flags.zip ? ('zip' as const) : null,
    scope: flags.all ? ('all' as const) : ('filtered' as const),
    repetition: flags.again ? ('again' as const) : ('once' as const),
    mode: flags['dry-run'] ? ('dry-run' as const) : ('write' as const),
  }
}

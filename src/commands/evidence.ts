import { command } from './command.ts'

/** `evidence`: what can be proved of a document's or an order's deliveries, in a folder for an auditor. */
export const evidenceCommand = command({
  name: 'evidence',
  aliases: ['evidencia', 'constancia'],
  flags: {
    uuid: { type: 'string', alias: 'folio-fiscal' },
    order: { type: 'string', alias: 'orden' },
    out: { type: 'string', alias: 'salida' },
  },
  run: async (ctx, { uuid, order, out }) => {
    const { collectEvidence } = await import('../core/flows/evidence.ts')
    return collectEvidence(ctx, { uuid: uuid ?? null, order: order ?? null, out: out ?? null })
  },
})

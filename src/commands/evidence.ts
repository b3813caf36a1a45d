import { command } from './command.ts'

/** `evidence`: what can be proved of a document's deliveries, in a folder for an auditor. */
export const evidenceCommand = command({
  name: 'evidence',
  aliases: ['evidencia', 'constancia'],
  flags: {
    uuid: { type: 'string', alias: 'folio-fiscal' },
    out: { type: 'string', alias: 'salida' },
  },
  run: async (ctx, { uuid, out }) =>
    (await import('../core/flows/evidence.ts')).collectEvidence(ctx, { uuid: uuid ?? '', out: out ?? null }),
})

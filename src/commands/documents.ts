import { parseKinds } from '../core/model/kinds.ts'
import { type CommandGroup, command } from './command.ts'
import { PERIOD_FLAGS, periodOf } from './period-flags.ts'

const UUIDS = [{ name: 'uuid', many: true }] as const

const MARKING = {
  file: { type: 'string', alias: 'archivo', path: true },
  reason: { type: 'string', alias: 'motivo' },
} as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {
    client: { type: 'string', alias: ['c', 'cliente'], many: true },
    ...PERIOD_FLAGS,
    kind: { type: 'string', alias: 'comprobante', many: true },
    uuid: { type: 'string', alias: 'folio-fiscal' },
    bad: { type: 'boolean', alias: 'malos' },
  },
  run: async (ctx, flags) =>
    (await import('../core/flows/documents.ts')).listIndex(ctx, {
      clients: flags.client ?? [],
      period: periodOf(ctx, flags),
      kinds: flags.kind === undefined ? null : parseKinds(flags.kind),
      uuid: flags.uuid ?? null,
      show: flags.bad === true ? 'bad' : 'all',
    }),
})

const cancel = command({
  name: 'cancel',
  aliases: ['cancelar'],
  needs: 'package',
  positionals: UUIDS,
  flags: MARKING,
  run: async (ctx, { file, reason }, words) =>
    (await import('../core/flows/documents.ts')).cancelDocuments(ctx, {
      uuids: words['uuid'] ?? [],
      file: file ?? null,
      reason: reason ?? null,
    }),
})

const restore = command({
  name: 'restore',
  aliases: ['restaurar'],
  needs: 'package',
  positionals: UUIDS,
  flags: MARKING,
  run: async (ctx, { file, reason }, words) =>
    (await import('../core/flows/documents.ts')).restoreDocuments(ctx, {
      uuids: words['uuid'] ?? [],
      file: file ?? null,
      reason: reason ?? null,
    }),
})

/** `documents`: the CFDI that were found, and which of them are cancelled. */
export const documents: CommandGroup = {
  name: 'documents',
  aliases: ['documentos'],
  commands: [list, cancel, restore],
}

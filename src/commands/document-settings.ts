import { parseSwitch } from '../core/model/document-setting.ts'
import { type CommandGroup, command, word } from './command.ts'

const KIND = [{ name: 'document-kind', required: true }] as const
const CLASS = { class: { type: 'string', alias: ['clase-cliente', 'segmento'] } } as const
const flows = () => import('../core/flows/document-settings.ts')

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {},
  run: async (ctx) => (await flows()).listDocumentSettings(ctx),
})

const set = command({
  name: 'set',
  aliases: ['cambiar'],
  needs: 'templates',
  positionals: KIND,
  flags: {
    ...CLASS,
    enabled: { type: 'string', alias: 'habilitado' },
    automatic: { type: 'string', alias: 'automatico' },
    subject: { type: 'string', alias: ['asunto', 'titulo'] },
    body: { type: 'string', alias: ['cuerpo', 'texto'] },
  },
  run: async (ctx, flags, words) =>
    (await flows()).setDocumentSetting(
      ctx,
      { kind: word(words, 'document-kind') ?? '', customerClass: flags.class ?? '' },
      {
        enabled: flags.enabled === undefined ? undefined : parseSwitch('enabled', flags.enabled),
        automatic: flags.automatic === undefined ? undefined : parseSwitch('automatic', flags.automatic),
        ...{ subject: flags.subject, body: flags.body },
      },
    ),
})

const remove = command({
  name: 'remove',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  needs: 'templates',
  positionals: KIND,
  flags: CLASS,
  run: async (ctx, flags, words) =>
    (await flows()).removeDocumentSetting(ctx, {
      kind: word(words, 'document-kind') ?? '',
      customerClass: flags.class ?? '',
    }),
})

/** `document-settings`: whether and how each kind of document goes, for everybody or for a class of customers. */
export const documentSettings: CommandGroup = {
  name: 'document-settings',
  aliases: ['ajustes-documento'],
  commands: [list, set, remove],
}

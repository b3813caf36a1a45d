import { CfdiMailError } from '../core/model/errors.ts'
import { command, word } from './command.ts'

/** `customers file-password`: a password of its own for the files of a customer or employee. */
export const filePassword = command({
  name: 'file-password',
  aliases: ['clave-archivos', 'contrasena-archivos'],
  needs: 'customers',
  positionals: [{ name: 'code', required: true }],
  flags: {
    'password-stdin': { type: 'boolean', alias: ['clave-stdin', 'contrasena-stdin'] },
    clear: { type: 'boolean', alias: 'quitar' },
  },
  run: async (ctx, { clear, 'password-stdin': stdin }, words) => {
    if ((stdin === true) === (clear === true)) throw new CfdiMailError('CHOOSE_FILE_PASSWORD')
    const { setOwnFilePassword } = await import('../core/flows/own-file-password.ts')
    return setOwnFilePassword(ctx, word(words, 'code') ?? '', stdin === true ? 'stdin' : 'none')
  },
})

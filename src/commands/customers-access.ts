import { CfdiMailError } from '../core/model/errors.ts'
import { command, word } from './command.ts'

/** `customers access`: user and password of a customer for the portal. */
export const access = command({
  name: 'access',
  aliases: ['acceso'],
  needs: 'customers',
  positionals: [{ name: 'code', required: true }],
  flags: {
    user: { type: 'string', alias: 'usuario' },
    'password-stdin': { type: 'boolean', alias: ['clave-stdin', 'contrasena-stdin'] },
    reset: { type: 'boolean', alias: ['restablecer', 'sin-clave'] },
  },
  run: async (ctx, { user, reset, 'password-stdin': stdin }, words) => {
    if (stdin === true && reset === true) throw new CfdiMailError('CHOOSE_PASSWORD')
    const password = stdin === true ? 'stdin' : reset === true ? 'none' : undefined
    const { customerAccess } = await import('../core/flows/customer-access.ts')
    return customerAccess(ctx, word(words, 'code') ?? '', { user, password })
  },
})

import { type CommandGroup, command, word } from './command.ts'
import { OAUTH_FLAGS, oauthRequest } from './oauth-flags.ts'
import { parseModules } from '../core/model/modules.ts'
import { LIMIT_FLAGS, limitFields } from './limit-flags.ts'
import { WHATSAPP_LIMIT_FLAGS, whatsappLimits } from './whatsapp-test.ts'

const NAME = [{ name: 'profile', required: true }] as const
const flows = () => import('../core/flows/profiles.ts')

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {},
  run: async (ctx) => (await flows()).listProfiles(ctx),
})

const show = command({
  name: 'show',
  aliases: ['ver', 'mostrar'],
  positionals: NAME,
  flags: {},
  run: async (ctx, _flags, words) => (await flows()).showProfile(ctx, word(words, 'profile') ?? ''),
})

const set = command({
  name: 'set',
  aliases: ['cambiar'],
  needs: 'profiles',
  positionals: NAME,
  flags: { ...LIMIT_FLAGS, ...WHATSAPP_LIMIT_FLAGS },
  run: async (ctx, flags, words) =>
    (await flows()).changeLimits(ctx, word(words, 'profile') ?? '', {
      ...limitFields(flags),
      ...whatsappLimits(flags),
    }),
})

const remove = command({
  name: 'remove',
  aliases: ['baja', 'eliminar', 'borrar'],
  needs: 'profiles',
  positionals: NAME,
  flags: {},
  run: async (ctx, _flags, words) => (await flows()).removeProfile(ctx, word(words, 'profile') ?? ''),
})

const makeDefault = command({
  name: 'default',
  aliases: ['predeterminado'],
  needs: 'profiles',
  positionals: NAME,
  flags: {},
  run: async (ctx, _flags, words) => (await flows()).makeDefault(ctx, word(words, 'profile') ?? ''),
})

const MODULE_FLAG = { module: { type: 'string', alias: 'modulo', many: true } } as const

const assign = command({
  name: 'assign',
  aliases: ['asignar'],
  needs: 'profiles',
  positionals: NAME,
  flags: MODULE_FLAG,
  run: async (ctx, { module = [] }, words) =>
    (await flows()).assignModules(ctx, word(words, 'profile') ?? '', parseModules(module)),
})

const unassign = command({
  name: 'unassign',
  aliases: ['desasignar', 'quitar'],
  needs: 'profiles',
  positionals: NAME,
  flags: MODULE_FLAG,
  run: async (ctx, { module = [] }, words) =>
    (await flows()).unassignModules(ctx, word(words, 'profile') ?? '', parseModules(module)),
})

const hold = command({
  name: 'hold',
  aliases: ['retener'],
  needs: 'profiles',
  positionals: NAME,
  flags: { reason: { type: 'string', alias: 'motivo' } },
  run: async (ctx, flags, words) =>
    (await flows()).holdProfile(ctx, word(words, 'profile') ?? '', flags.reason ?? ''),
})

const release = command({
  name: 'release',
  aliases: ['liberar'],
  needs: 'profiles',
  positionals: NAME,
  flags: {},
  run: async (ctx, _flags, words) => (await flows()).releaseProfile(ctx, word(words, 'profile') ?? ''),
})

const signIn = command({
  name: 'sign-in',
  aliases: ['autorizar'],
  needs: 'profiles',
  positionals: NAME,
  flags: OAUTH_FLAGS,
  run: async (ctx, flags, words) =>
    (await import('../core/flows/sign-in-profile.ts')).signInProfile(ctx, {
      ...oauthRequest(flags),
      name: word(words, 'profile') ?? '',
    }),
})

/** `profiles`: the servers that mail is sent through. They are made by `smtp-test --save`. */
export const profiles: CommandGroup = {
  name: 'profiles',
  aliases: ['perfiles', 'profile', 'perfil'],
  commands: [list, show, set, remove, makeDefault, assign, unassign, signIn, hold, release],
}

import { command, word } from './command.ts'

/** `backup`: a copy of the store and its spool that can be put back. */
export const backupCommand = command({
  name: 'backup',
  aliases: ['respaldar'],
  needs: 'store',
  positionals: [{ name: 'folder', required: true }],
  flags: {},
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/backup.ts')).backUp(ctx, word(words, 'folder') ?? ''),
})

/** `restore`: an empty data folder, filled from a backup. */
export const restoreCommand = command({
  name: 'restore',
  aliases: ['restaurar'],
  positionals: [{ name: 'folder', required: true }],
  flags: {},
  opens: 'nothing',
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/backup.ts')).restore(ctx, word(words, 'folder') ?? ''),
})

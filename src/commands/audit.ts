import { type CommandGroup, command } from './command.ts'

const verify = command({
  name: 'verify',
  aliases: ['verificar'],
  flags: { head: { type: 'string', alias: 'huella' } },
  run: async (ctx, { head }) =>
    (await import('../core/flows/audit.ts')).verifyAudit(ctx, { head: head ?? null }),
})

/** `audit`: whether the event log is still what was written. */
export const audit: CommandGroup = { name: 'audit', aliases: ['auditoria'], commands: [verify] }

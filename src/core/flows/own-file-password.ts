import { CfdiMailError } from '../model/errors.ts'
import { EVENT_SENTENCES } from '../model/event-sentences.ts'
import { isOwnPassword, OWN_PASSWORD } from '../model/file-password.ts'
import type { DoneResult } from '../model/results/house.ts'
import { insertEvents } from '../store/event-log.ts'
import { saveFilePassword, sealedFilePassword } from '../store/file-passwords.ts'
import type { Ctx } from './ctx.ts'
import { customerEvent, existingCustomer } from './customers.ts'

/**
 * Keeps a password of a party's own for its files, sealed, or takes it away; nothing shows it. What is packaged already stays
 * locked as it was.
 * @param change `stdin`: the first line of standard input
 * @throws CUSTOMER_NOT_FOUND, BAD_FILE_PASSWORD
 */
export async function setOwnFilePassword(
  ctx: Ctx,
  typed: string,
  change: 'stdin' | 'none',
): Promise<DoneResult> {
  const { code } = await existingCustomer(ctx.db, typed)
  const sealed =
    change === 'stdin' ? ctx.secrets.seal(placeOf(code), checkedPassword(await ctx.readStdin())) : null
  await ctx.db.transaction().execute(async (db) => {
    await saveFilePassword(db, code, sealed)
    const detail = EVENT_SENTENCES[sealed === null ? 'file-password-removed' : 'file-password-set']
    await insertEvents(db, [customerEvent(ctx, 'customer-saved', { code, detail })])
  })
  const action = sealed === null ? 'removed' : 'saved'
  return { kind: 'done', action, subject: 'file-password', names: [code] }
}

/** A party's own password in clear, or null. @throws KEY_NOT_FOUND and what else opens no seal */
export async function ownFilePassword(ctx: Ctx, code: string): Promise<string | null> {
  const sealed = await sealedFilePassword(ctx.db, code)
  return sealed === null ? null : await ctx.secrets.reveal(placeOf(code), sealed)
}

function placeOf(code: string): string {
  return `customer:${code}:file-password`
}

/** The first line; what follows it is no part of a password. */
function checkedPassword(text: string): string {
  const clear = text.replace(/\r?\n[^]*$/, '')
  if (isOwnPassword(clear)) return clear
  throw new CfdiMailError('BAD_FILE_PASSWORD', OWN_PASSWORD)
}

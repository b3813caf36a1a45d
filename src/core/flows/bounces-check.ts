import { type ImapSession, openImap } from '../bounces/imap.ts'
import type { AccessTokens } from '../channels/channel.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { BouncesReadResult } from '../model/results/bounces.ts'
import { ordersInDoubt } from '../store/bounce-orders.ts'
import { firstOrderAt, lastUidOf, saveBounceMailbox, saveLastUid } from '../store/bounce-mailboxes.ts'
import type { Evidence } from '../store/bounce-rows.ts'
import { applyEvidence } from '../store/bounces.ts'
import {
  findMailbox,
  mailboxSecretPlace,
  type MailboxWishes,
  type ReadableMailbox,
} from './bounces-mailbox.ts'
import { bounceReader, type BounceReader } from './bounces-read.ts'
import type { Ctx } from './ctx.ts'

export interface CheckBouncesRequest extends MailboxWishes {
  /** Whether the mailbox is kept for the profile once it was read. */
  readonly keep: 'save' | 'use'
  /** Mails at the most; null for the usual. */
  readonly limit: number | null
}

/** A mailbox of years is read in several runs. */
const USUAL_LIMIT = 1000
/** Mails after which the place is noted. */
const STRIDE = 50
const DAY_MS = 86_400_000

/**
 * Reads a bounce mailbox by IMAP from where the last check ended, and looks in the archive mailbox for messages whose outcome
 * is uncertain. Nothing in the mailboxes is changed.
 * @throws NO_BOUNCE_MAILBOX, NO_PASSWORD, MAILBOX_UNREACHABLE, MAILBOX_REFUSED, MAILBOX_NOT_FOUND, PROFILE_NOT_FOUND,
 *   NO_PROFILE when a mailbox is to be kept and there is no profile to keep it for
 */
export async function checkBounces(ctx: Ctx, request: CheckBouncesRequest): Promise<BouncesReadResult> {
  const { mailbox, server, signIn } = await findMailbox(ctx, request)
  if (request.keep === 'save' && mailbox.profile === '') throw new CfdiMailError('NO_PROFILE')
  const reader = await bounceReader(ctx)
  const session = await openMailbox(server, signIn)
  try {
    const place = placeOf(mailbox)
    // Named wrongly it would be kept, or ends the run when what was read is no longer told.
    if (mailbox.archive !== '') await session.open(mailbox.archive)
    const more = await readNew(ctx, session, { mailbox, reader, place, limit: request.limit ?? USUAL_LIMIT })
    if (mailbox.archive !== '') await searchArchive(ctx, session, { mailbox, reader })
    if (request.keep === 'save') {
      await saveBounceMailbox(ctx.db, { ...mailbox, secret: keptForm(ctx, mailbox.profile, signIn) })
    }
    return reader.result({ place, more })
  } finally {
    await session.close()
  }
}

/** A token that is refused gives way to a fresh one, once: it may have been revoked before its time. */
async function openMailbox(
  server: ReadableMailbox['server'],
  signIn: ReadableMailbox['signIn'],
): Promise<ImapSession> {
  if ('clear' in signIn) return await openImap({ ...server, secret: { password: signIn.clear } })
  const stale = await tokenFor(server, signIn, null)
  try {
    return await openImap({ ...server, secret: { accessToken: stale } })
  } catch (error) {
    if (!(error instanceof CfdiMailError && error.code === 'MAILBOX_REFUSED')) throw error
    return await openImap({ ...server, secret: { accessToken: await tokenFor(server, signIn, stale) } })
  }
}

async function tokenFor(
  { host, user }: ReadableMailbox['server'],
  tokens: AccessTokens,
  refused: string | null,
): Promise<string> {
  const answer = await tokens.get(refused)
  if (answer.ok) return answer.token
  const code = answer.fault.scope === 'profile' ? 'MAILBOX_REFUSED' : 'MAILBOX_UNREACHABLE'
  throw new CfdiMailError(code, { host, user, detail: answer.fault.reply })
}

/** Sealed or a reference; '' for a mailbox that is read with the profile's own tokens. */
function keptForm(ctx: Ctx, profile: string, signIn: ReadableMailbox['signIn']): string {
  if (!('clear' in signIn)) return ''
  return signIn.stored ?? ctx.secrets.seal(mailboxSecretPlace(profile), signIn.clear)
}

function placeOf({ user, host, port, mailbox }: ReadableMailbox['mailbox']): string {
  return `${user}@${host}:${port}/${mailbox}`
}

interface Reading {
  readonly mailbox: ReadableMailbox['mailbox']
  readonly reader: BounceReader
  readonly place: string
  readonly limit: number
}

/** @returns whether mails were left for the next time */
async function readNew(
  ctx: Ctx,
  session: ImapSession,
  { mailbox, reader, place, limit }: Reading,
): Promise<boolean> {
  const opened = await session.open(mailbox.mailbox)
  const { uidValidity } = opened
  const first = await firstOrderAt(ctx.db)
  const { uids, more } = await opened.find({
    afterUid: await lastUidOf(ctx.db, place, uidValidity),
    // Servers count days in their own time zone.
    since: first === null ? null : new Date(new Date(first).getTime() - DAY_MS),
    limit,
  })
  let count = 0
  for await (const { uid, raw } of opened.read(uids)) {
    if (ctx.signal.aborted) return true
    await reader.take(raw)
    count++
    if (count % STRIDE === 0 || uid === uids.at(-1)) {
      await saveLastUid(ctx.db, place, { uidValidity, lastUid: uid })
    }
  }
  return more
}

/**
 * A copy of a message in the Sent or archive mailbox shows that the server took it. That there is none shows nothing: it may
 * come later, or the server may keep no copies.
 */
async function searchArchive(
  ctx: Ctx,
  session: ImapSession,
  { mailbox, reader }: Pick<Reading, 'mailbox' | 'reader'>,
): Promise<void> {
  const doubtful = await ordersInDoubt(ctx.db)
  if (doubtful.length === 0) return
  const archive = await session.open(mailbox.archive)
  for (const { id, messageId, recipients } of doubtful) {
    if (ctx.signal.aborted) return
    if (!(await archive.has(messageId))) continue
    const found = recipients.map((recipient, position): Evidence => ({
      ...{ hash: `archive ${messageId} ${archive.uidValidity}`, position, order: id, recipient },
      ...{ verdict: 'archived', proof: 'archive', status: '', diagnostic: mailbox.archive },
    }))
    reader.add(await applyEvidence(ctx.db, found, ctx.now()))
  }
}

import { NO_FAULT } from '../model/fault.ts'
import {
  type CheckStep,
  type CheckStepName,
  NOBODY_SIGNED_IN,
  type ProfileCheck,
  type SmtpProfile,
} from '../model/profile.ts'
import type { CheckOptions, Credential, Deadlines } from './channel.ts'
import { wireAddress } from './smtp-address.ts'
import { authenticate } from './smtp-authenticate.ts'
import type { Seen } from './smtp-connect.ts'
import { dial, type Stage } from './smtp-dial.ts'
import { asFault, profileFault, refusalFault, SmtpFault } from './smtp-errors.ts'
import type { Leash } from './smtp-leash.ts'
import { introduce, type Peer } from './smtp-login.ts'
import { isPositive, parseReply, type Reply } from '../model/reply.ts'
import type { Extensions } from './smtp-reply.ts'
import { talkWith } from './smtp-talk.ts'
import { readAuthority } from './smtp-tls.ts'
import { transact } from './smtp-transaction.ts'

export interface Check extends CheckOptions {
  readonly profile: SmtpProfile
  readonly credential: Credential
  readonly deadlines: Deadlines
  readonly leash: Leash
}

/** Milliseconds that the test message may take. */
const TRANSFER_MS = 120_000

/** Goes through a session step by step and stops at the first that fails. Every step is really done. */
export async function checkProfile(check: Check): Promise<ProfileCheck> {
  const { profile, deadlines, leash } = check
  const log = stepLog(check.onStep)
  try {
    await checkAuthority(profile, log.record)
    const dialled = await dial({ profile, deadlines, leash, stage: log.stage })
    try {
      const peer = await log.stage('auth', () => signIn(check, dialled))
      if (check.message === null) await askForLeave(peer, check, log.stage)
      else await sendMessage(peer, { ...check, message: check.message }, log.record)
    } finally {
      dialled.socket.destroy()
    }
    return { ok: true, steps: log.steps, cause: null }
  } catch (error) {
    return { ok: false, steps: log.steps, cause: asFault(error).cause }
  } finally {
    leash.release()
  }
}

/** Before anything is asked of the network: what is wrong is on this machine. */
async function checkAuthority({ security, caFile }: SmtpProfile, record: StepLog['record']): Promise<void> {
  if (security === 'none' || caFile === '') return
  try {
    await readAuthority(caFile)
  } catch (error) {
    record('tls', 0, new SmtpFault(asFault(error)))
  }
}

interface StepLog {
  readonly steps: readonly CheckStep[]
  readonly stage: Stage
  /** Notes a step that was done as part of something else; rethrows what made it fail. */
  readonly record: (step: CheckStepName, ms: number, seen: string | Error) => void
}

function stepLog(onStep: (step: CheckStep) => void): StepLog {
  const steps: CheckStep[] = []
  const note = (step: CheckStep) => {
    steps.push(step)
    onStep(step)
  }
  const record: StepLog['record'] = (step, ms, seen) => {
    const failed = seen instanceof Error
    note({ step, ok: !failed, detail: failed ? asFault(seen).reply : seen, ms })
    if (failed) throw seen
  }
  const stage: Stage = async (step, work) => {
    const start = performance.now()
    const ms = () => Math.round(performance.now() - start)
    try {
      const { value, detail } = await work()
      note({ step, ok: true, detail, ms: ms() })
      return value
    } catch (error) {
      note({ step, ok: false, detail: asFault(error).reply, ms: ms() })
      throw error
    }
  }
  return { steps, stage, record }
}

async function signIn(
  { profile, credential, deadlines }: Check,
  dialled: Parameters<typeof introduce>[0],
): Promise<Seen<Peer>> {
  const peer = await introduce(dialled, profile, deadlines)
  const facts = describe(peer.extensions)
  if (profile.user === '') return { value: peer, detail: `${NOBODY_SIGNED_IN}; ${facts}` }
  const reply = await authenticate(peer, profile, { credential, ms: deadlines.command })
  return { value: peer, detail: `${reply}; ${facts}` }
}

function describe({ size, pipelining, dsn, smtpUtf8, auth }: Extensions): string {
  const offers = [
    size > 0 ? `SIZE ${size}` : '',
    pipelining ? 'PIPELINING' : '',
    dsn ? 'DSN' : '',
    smtpUtf8 ? 'SMTPUTF8' : '',
    auth.length > 0 ? `AUTH ${auth.join(' ')}` : '',
  ]
  return offers.filter((offer) => offer !== '').join(', ') || '-'
}

/** Asks for the sender and the recipient and takes it back: no message, but the answers that a message would get. */
async function askForLeave(peer: Peer, check: Check, stage: Stage): Promise<void> {
  const { profile, deadlines } = check
  const { from, to, utf8 } = addresses(peer, check)
  const { lines } = talkWith(peer)
  const ask = async (command: string, phase: 'mail' | 'rcpt') => {
    const reply = parseReply(await lines.ask(command, deadlines.command))
    if (!isPositive(reply)) throw refusalFault(phase, reply, profile.host)
    return { value: reply, detail: reply.text }
  }
  await stage('mail-from', () => ask(`MAIL FROM:<${from}>${utf8 ? ' SMTPUTF8' : ''}`, 'mail'))
  await stage('rcpt-to', () => ask(`RCPT TO:<${to}>`, 'rcpt'))
  const goodbye = Math.min(deadlines.command, 3_000)
  await lines
    .ask('RSET', goodbye)
    .then(() => lines.ask('QUIT', goodbye))
    .catch(() => undefined)
}

function addresses({ extensions }: Peer, { profile, to }: Check) {
  const sender = wireAddress(profile.from, extensions.smtpUtf8)
  if ('words' in sender) throw profileFault('sender-not-allowed', sender.words)
  const recipient = wireAddress(to, extensions.smtpUtf8)
  if ('words' in recipient) throw profileFault('recipient-refused', recipient.words)
  return {
    from: sender.address,
    to: recipient.address,
    utf8: sender.needsSmtpUtf8 || recipient.needsSmtpUtf8,
  }
}

async function sendMessage(
  peer: Peer,
  check: Check & { readonly message: readonly Buffer[] },
  record: StepLog['record'],
): Promise<void> {
  const { from, to } = addresses(peer, check)
  const chunks = check.message
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  const order = {
    from,
    recipients: [to],
    chunks,
    bytes,
    transferMs: TRANSFER_MS,
    beforeDot: () => Promise.resolve(),
    fault: NO_FAULT,
  }
  const facts = await transact(talkWith(peer), order, check.deadlines)
  const { host } = check.profile
  const verdict = (reply: Reply | null, phase: 'mail' | 'rcpt' | 'dot') => {
    if (reply !== null && isPositive(reply)) return reply.text
    return reply === null ? (facts.trouble ?? new Error('no reply')) : refusalFault(phase, reply, host)
  }
  record('mail-from', facts.ms.mail, verdict(facts.mail, 'mail'))
  record('rcpt-to', facts.ms.rcpt, verdict(facts.recipients[0] ?? null, 'rcpt'))
  const refusedData = facts.data !== null && facts.data.code >= 400 ? facts.data : null
  record('message', facts.ms.message, verdict(facts.final ?? refusedData, 'dot'))
}

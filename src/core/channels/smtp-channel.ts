import { type Fault, NO_FAULT } from '../model/fault.ts'
import type { SmtpProfile } from '../model/profile.ts'
import { type Channel, type Credential, DEADLINES, type Deadlines, type OpenedSession } from './channel.ts'
import { authenticate } from './smtp-authenticate.ts'
import { checkProfile } from './smtp-check.ts'
import { dial, type Stage } from './smtp-dial.ts'
import { asFault } from './smtp-errors.ts'
import { type Grace, type Leash, leashOf } from './smtp-leash.ts'
import { introduce } from './smtp-login.ts'
import { smtpSession } from './smtp-session.ts'

export interface SmtpChannelOptions {
  readonly deadlines?: Partial<Deadlines>
  readonly fault?: Fault
  /** Aborts when the program is asked to end: what hangs is then cut short. */
  readonly signal?: AbortSignal
  readonly grace?: Grace
}

/** Mail by SMTP submission (RFC 6409), always over verified TLS unless the server is this machine itself or needs no password. */
export function smtpChannel(options: SmtpChannelOptions = {}): Channel {
  const deadlines = { ...DEADLINES, ...options.deadlines }
  const fault = options.fault ?? NO_FAULT
  const asked = options.signal ?? new AbortController().signal
  return {
    open: (profile, credential) =>
      open(profile, { credential, deadlines, fault, leash: leashOf(asked, options.grace) }),
    check: (profile, credential, wishes) =>
      checkProfile({ ...wishes, profile, credential, deadlines, leash: leashOf(asked) }),
  }
}

interface Opening {
  readonly credential: Credential
  readonly deadlines: Deadlines
  readonly fault: Fault
  readonly leash: Leash
}

async function open(profile: SmtpProfile, opening: Opening): Promise<OpenedSession> {
  const { credential, deadlines, fault, leash } = opening
  try {
    const dialled = await dial({ profile, deadlines, leash, stage: unseen })
    try {
      const peer = await introduce(dialled, profile, deadlines)
      if (profile.user !== '') await authenticate(peer, profile, { credential, ms: deadlines.command })
      return { ok: true, session: smtpSession(peer, deadlines, fault) }
    } catch (error) {
      dialled.socket.destroy()
      throw error
    }
  } catch (error) {
    leash.release()
    return { ok: false, fault: leash.over.aborted ? null : asFault(error) }
  }
}

const unseen: Stage = async (_step, work) => (await work()).value

import type { SmtpProfile } from '../model/profile.ts'
import { type Channel, DEADLINES, type Deadlines, type OpenedSession } from './channel.ts'
import { checkProfile } from './smtp-check.ts'
import { dial, type Stage } from './smtp-dial.ts'
import { asFault } from './smtp-errors.ts'
import { introduce, login } from './smtp-login.ts'
import { smtpSession } from './smtp-session.ts'

export interface SmtpChannelOptions {
  readonly deadlines?: Partial<Deadlines>
}

/** Mail by SMTP submission (RFC 6409), always over verified TLS unless the server is this machine itself or needs no password. */
export function smtpChannel(options: SmtpChannelOptions = {}): Channel {
  const deadlines = { ...DEADLINES, ...options.deadlines }
  return {
    open: (profile, password) => open(profile, { password, deadlines }),
    check: (profile, password, wishes) => checkProfile({ ...wishes, profile, password, deadlines }),
  }
}

interface Opening {
  readonly password: string
  readonly deadlines: Deadlines
}

async function open(profile: SmtpProfile, { password, deadlines }: Opening): Promise<OpenedSession> {
  try {
    const dialled = await dial({ profile, deadlines, stage: unseen })
    try {
      const peer = await introduce(dialled, profile, deadlines)
      if (profile.user !== '') await login(peer, profile, { password, ms: deadlines.command })
      return { ok: true, session: smtpSession(peer, deadlines) }
    } catch (error) {
      dialled.socket.destroy()
      throw error
    }
  } catch (error) {
    return { ok: false, fault: asFault(error) }
  }
}

const unseen: Stage = async (_step, work) => (await work()).value

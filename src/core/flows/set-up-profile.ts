import { parseAddress } from '../model/address.ts'
import { CfdiMailError } from '../model/errors.ts'
import { isHost, isPort } from '../model/profile-checks.ts'
import type { SmtpTestResult } from '../model/results/profiles.ts'
import { checkProfile } from './check-profile.ts'
import type { Ask, Ctx } from './ctx.ts'

/** Name of the profile that is set up together with the store. */
const FIRST_PROFILE = 'principal'

interface Answers {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly from: string
  /** Of a test message; '' for none. */
  readonly to: string
}

const NONE: Answers = { host: '', port: 587, user: '', from: '', to: '' }

/**
 * Asks for a mail server and tests it as `smtp-test` does: saved only when it passes. What did not pass may be corrected, from
 * what was answered before, until it does or the person leaves it.
 */
export async function setUpProfile(ctx: Ctx, ask: Ask): Promise<SmtpTestResult> {
  let answers = NONE
  for (;;) {
    answers = await answersOf(ask, answers)
    const { to, ...profile } = answers
    const test = await checkProfile(ctx, { ...profile, save: FIRST_PROFILE, ...(to === '' ? {} : { to }) })
    if (test.ok) return test
    ctx.tell({ notice: 'test-failed', test })
    if (!(await ask.confirm('test-again'))) return test
  }
}

async function answersOf(ask: Ask, before: Answers): Promise<Answers> {
  const host = await ask.accepted('smtp-host', before.host, hostIn)
  const port = await ask.accepted('smtp-port', String(before.port), portIn)
  const user = await ask.text('smtp-user', before.user)
  const from = await ask.accepted('smtp-from', before.from || user, addressIn('from'))
  const to = await ask.accepted('test-recipient', before.to, (answer) =>
    answer === '' ? '' : addressIn('to')(answer),
  )
  return { host, port, user, from, to }
}

function hostIn(answer: string): string {
  if (!isHost(answer)) throw new CfdiMailError('BAD_ANSWER', { value: answer, problem: 'no-host' })
  return answer
}

function portIn(answer: string): number {
  if (!isPort(Number(answer))) throw new CfdiMailError('BAD_ANSWER', { value: answer, problem: 'no-port' })
  return Number(answer)
}

function addressIn(field: 'from' | 'to'): (answer: string) => string {
  return (answer) => {
    const read = parseAddress(answer)
    if (!read.ok) throw new CfdiMailError('BAD_ADDRESS', { field, value: answer, problem: read.problem })
    return read.address
  }
}

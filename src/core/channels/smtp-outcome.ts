import type { AttemptOutcome, RecipientResult, ReplyScope } from '../model/delivery.ts'
import { classifyReply, type ReplyPhase } from '../model/reply-rules.ts'
import type { ChannelFault } from './channel.ts'
import { asFault, refusalFault, wordsOf } from './smtp-errors.ts'
import { isPositive, type Reply } from '../model/reply.ts'
import { serverIdOf } from './smtp-reply.ts'
import type { TransactionFacts } from './smtp-transaction.ts'

/** A recipient's result without its address. */
export type Verdict = Omit<RecipientResult, 'address'>

export interface Judgement {
  /** One for each recipient of the transaction, in its order. */
  readonly verdicts: readonly Verdict[]
  readonly fault: ChannelFault | null
}

/** A refusal with what it means. */
interface Judged {
  readonly reply: Reply
  readonly outcome: 'deferred' | 'rejected'
  readonly scope: ReplyScope
  readonly phase: ReplyPhase
}

/**
 * What a transaction means for each recipient. Rules:
 * - the server's yes to the message: accepted, for those it had accepted at RCPT TO;
 * - the dot left and no reply came: uncertain;
 * - a refusal of the recipient or the message: as the reply rules say;
 * - any other fault is not the recipient's: not tried, or deferred where the store already expected the dot.
 */
export function judge(
  facts: TransactionFacts,
  { host, delivered }: { readonly host: string; readonly delivered: number },
): Judgement {
  const accepted = facts.recipients.map(isPositive)
  // A session that has taken a message is not a session whose sender may not send.
  const proof = delivered > 0 ? [true] : accepted
  const judged = facts.recipients.map((reply) => judgeRecipient(reply, proof))
  const whole = judgeWhole(facts)
  const fault = firstFault([whole, ...judged], facts.trouble, host)
  const verdicts = judged.map((own, index) => {
    if (own !== null) return refused(own, 'not-tried')
    if (whole !== null) return refused(whole, accepted[index] && facts.marked ? 'deferred' : 'not-tried')
    return accepted[index] ? afterData(facts) : silent('not-tried', facts.trouble)
  })
  return { verdicts, fault }
}

/** One recipient's own refusal. When others were accepted, the sender is not what the server minds. */
function judgeRecipient(reply: Reply | null, others: readonly boolean[]): Judged | null {
  if (reply === null || isPositive(reply)) return null
  const { outcome, scope } = classifyReply({ phase: 'rcpt', ...reply })
  return {
    reply,
    outcome,
    phase: 'rcpt',
    scope: scope === 'profile' && others.includes(true) ? 'recipient' : scope,
  }
}

/** The refusal that all the recipients without their own share. */
function judgeWhole({ mail, data, final, dotted, recipients }: TransactionFacts): Judged | null {
  const judged = (phase: ReplyPhase, reply: Reply) => ({
    reply,
    phase,
    ...classifyReply({ phase, ...reply }),
  })
  if (mail !== null && !isPositive(mail)) return judged('mail', mail)
  // Without any recipient the refusal of DATA says nothing new.
  if (data !== null && data.code >= 400 && recipients.some(isPositive)) return judged('data', data)
  if (final !== null && (!isPositive(final) || !dotted)) return judged(dotted ? 'dot' : 'data', final)
  return null
}

function firstFault(
  refusals: readonly (Judged | null)[],
  trouble: Error | null,
  host: string,
): ChannelFault | null {
  const shared = refusals.find((one) => one !== null && one.scope !== 'recipient' && one.scope !== 'message')
  if (shared) return refusalFault(shared.phase, shared.reply, host).fault
  return trouble === null ? null : asFault(trouble)
}

function refused({ reply, outcome, scope }: Judged, otherwise: AttemptOutcome): Verdict {
  const own = scope === 'recipient' || scope === 'message'
  const { code, enhanced, text } = reply
  return { outcome: own ? outcome : otherwise, code, enhanced, reply: text, serverId: '' }
}

function afterData(facts: TransactionFacts): Verdict {
  const { final, dotted, marked, trouble } = facts
  if (final !== null) {
    const { code, enhanced, text } = final
    return { outcome: 'accepted', code, enhanced, reply: text, serverId: serverIdOf(text) }
  }
  if (dotted) return silent('uncertain', trouble)
  return silent(marked ? 'deferred' : 'not-tried', trouble)
}

function silent(outcome: AttemptOutcome, trouble: Error | null): Verdict {
  return { outcome, code: 0, enhanced: '', reply: trouble === null ? '' : wordsOf(trouble), serverId: '' }
}

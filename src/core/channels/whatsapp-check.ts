import { listOf, textOf } from '../model/json-object.ts'
import type { CheckCause, CheckStep, CheckStepName, Endpoint, ProfileCheck } from '../model/profile.ts'
import { graphRoot, type WhatsAppProfile } from '../model/whatsapp-profile.ts'
import type { OutgoingMessage } from './channel.ts'
import { connect, resolve, type Seen } from './smtp-connect.ts'
import { asFault, profileFault, SmtpFault } from './smtp-errors.ts'
import { secure } from './smtp-tls.ts'
import { askGraph } from './whatsapp-graph.ts'
import { judgeReply } from './whatsapp-judge.ts'
import { checkTemplate } from './whatsapp-template.ts'
import { type Line, whatsappSession } from './whatsapp-session.ts'

export interface WhatsAppCheck extends Line {
  readonly message: OutgoingMessage | null
}

type Fields = Readonly<Record<string, unknown>>

/** Goes through what a message needs, step by step, and stops at the first that fails. Every step is really done. */
export async function checkWhatsApp(check: WhatsAppCheck): Promise<ProfileCheck> {
  const steps: CheckStep[] = []
  const stage = async <T>(step: CheckStepName, work: () => Promise<Seen<T>>): Promise<T> => {
    const start = performance.now()
    const note = (ok: boolean, detail: string) =>
      steps.push({ step, ok, detail, ms: Math.round(performance.now() - start) })
    try {
      const { value, detail } = await work()
      note(true, detail)
      return value
    } catch (error) {
      note(false, asFault(error).reply)
      throw error
    }
  }
  try {
    await reach(check, stage)
    await stage('token', () => askToken(check))
    await stage('number', () => askNumber(check))
    if (check.profile.accountId !== '') await stage('template', () => askTemplate(check))
    const { message } = check
    if (message !== null) await stage('message', () => sendMessage(check, message))
    return { ok: true, steps, cause: null }
  } catch (error) {
    return { ok: false, steps, cause: asFault(error).cause }
  }
}

type Stage = <T>(step: CheckStepName, work: () => Promise<Seen<T>>) => Promise<T>

/** Name, connection and certificate, on a connection that then closes: the requests have their own. */
async function reach({ profile, deadlines }: WhatsAppCheck, stage: Stage): Promise<void> {
  const endpoint = endpointOf(profile)
  const patience = { ms: deadlines.answer, over: AbortSignal.timeout(2 * deadlines.answer) }
  const addresses = await stage('dns', () => resolve(endpoint.host, patience))
  const socket = await stage('connect', () => connect(endpoint, addresses, patience))
  try {
    if (endpoint.security === 'tls') {
      await stage('tls', async () => {
        const { detail } = await secure(socket, endpoint, deadlines.answer)
        return { value: null, detail }
      })
    }
  } finally {
    socket.destroy()
  }
}

function endpointOf({ baseUrl }: WhatsAppProfile): Endpoint {
  const { hostname, port, protocol } = new URL(baseUrl)
  const isTls = protocol === 'https:'
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isTls ? 443 : 80) : Number(port),
    security: isTls ? 'tls' : 'none',
    ...{ user: '', pin: '', caFile: '' },
  }
}

/** Whose token it is. */
async function askToken(check: WhatsAppCheck): Promise<Seen<null>> {
  const body = await ask(check, 'me?fields=id,name')
  return { value: null, detail: [textOf(body['name']), textOf(body['id'])].filter(Boolean).join(' ') }
}

const NUMBER_FIELDS = 'display_phone_number,verified_name,quality_rating,code_verification_status'

async function askNumber(check: WhatsAppCheck): Promise<Seen<null>> {
  const body = await ask(check, `${check.profile.phoneId}?fields=${NUMBER_FIELDS}`, 'whatsapp-phone-id')
  const number = textOf(body['display_phone_number'])
  if (number === '') throw profileFault('whatsapp-phone-id', `${check.profile.phoneId} is no phone number`)
  const facts = ['verified_name', 'quality_rating', 'code_verification_status'].map((name) =>
    textOf(body[name]),
  )
  return { value: null, detail: [number, ...facts.filter(Boolean)].join(', ') }
}

async function askTemplate(check: WhatsAppCheck): Promise<Seen<null>> {
  const { accountId, template } = check.profile
  const wanted = new URLSearchParams({
    name: template,
    fields: 'name,language,status,components',
    limit: '100',
  })
  const body = await ask(check, `${accountId}/message_templates?${wanted.toString()}`, 'whatsapp-account-id')
  return { value: null, detail: checkTemplate(check.profile, listOf(body['data'])) }
}

async function sendMessage(line: WhatsAppCheck, message: OutgoingMessage): Promise<Seen<null>> {
  const { recipients, fault } = await whatsappSession(line).deliver(message, async () => undefined)
  const [answer] = recipients
  if (answer?.outcome === 'accepted') return { value: null, detail: answer.reply }
  if (fault !== null) throw new SmtpFault(fault)
  throw profileFault(causeOf(answer?.outcome), answer?.reply ?? '')
}

function causeOf(outcome: string | undefined): CheckCause {
  return outcome === 'rejected' ? 'whatsapp-recipient' : 'whatsapp-unavailable'
}

/** Meta's word for a node that is not there, that the token may not see, or that is of another kind: the account instead of the number. */
const NO_SUCH_NODE = 100

/**
 * The fields of a good answer.
 * @param otherNode what is wrong where the node that is asked about is none
 * @throws SmtpFault
 */
async function ask(
  { profile, token, deadlines }: WhatsAppCheck,
  path: string,
  otherNode: CheckCause = 'whatsapp-unavailable',
): Promise<Fields> {
  const reply = await askGraph({
    ...{ method: 'GET', token, ms: deadlines.answer },
    url: `${graphRoot(profile)}/${path}`,
  })
  const judged = judgeReply(reply, (body) => ('data' in body ? 'list' : textOf(body['id'])))
  if (judged.outcome === 'accepted' && reply.outcome === 'answer') return reply.body
  if (judged.code === NO_SUCH_NODE) throw profileFault(otherNode, judged.reply)
  throw judged.fault === null
    ? profileFault('whatsapp-unavailable', judged.reply)
    : new SmtpFault(judged.fault)
}

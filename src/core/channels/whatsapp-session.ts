import type { RecipientResult } from '../model/delivery.ts'
import { phoneDigits } from '../model/phone.ts'
import { graphRoot, type WhatsAppProfile } from '../model/whatsapp-profile.ts'
import type { DeliverResult, DotMark, OutgoingMessage, Session, TemplateMessage } from './channel.ts'
import { askGraph } from './whatsapp-graph.ts'
import { type Judgement, judgeReply, mediaIdIn, messageIdIn } from './whatsapp-judge.ts'

/** Milliseconds each request may take besides the transfer of a file. */
export interface GraphDeadlines {
  /** A question without a file, and the answer to a file. */
  readonly answer: number
  /** The answer to a message: giving up early is what makes an outcome unknown. */
  readonly message: number
}

export const GRAPH_DEADLINES: GraphDeadlines = { answer: 30_000, message: 120_000 }

export interface Line {
  readonly profile: WhatsAppProfile
  readonly token: string
  readonly deadlines: GraphDeadlines
}

/** Sends one message at a time, each request over a connection of its own. */
export function whatsappSession(line: Line): Session {
  return {
    tls: line.profile.baseUrl.startsWith('https:') ? 'HTTPS' : '',
    deliver: (message, beforeDot) => deliver(line, message, beforeDot),
    close: async () => undefined,
  }
}

interface Parcel {
  readonly message: OutgoingMessage
  readonly template: TemplateMessage
  readonly number: string
  readonly beforeDot: DotMark
}

async function deliver(line: Line, message: OutgoingMessage, beforeDot: DotMark): Promise<DeliverResult> {
  const { template, recipients } = message
  const [number, another] = recipients
  // Lanes of WhatsApp are cut to one recipient each, and load nothing but template messages.
  if (template === undefined || number === undefined || another !== undefined)
    throw new Error('WhatsApp takes a template message for one number')
  const parcel = { message, template, number, beforeDot }
  const known = await template.media.recall()
  const media = known ?? (await upload(line, parcel))
  if (typeof media !== 'string') return untouched(parcel, media)
  await beforeDot([number])
  const first = await post(line, parcel, media)
  if (first.scope !== 'media') return resultOf(parcel, first)
  await template.media.keep(null)
  const again = await upload(line, parcel)
  return resultOf(parcel, typeof again === 'string' ? await post(line, parcel, again) : inHand(again))
}

/** The id of the uploaded file, or why there is none. */
async function upload(line: Line, { message, template }: Parcel): Promise<string | Judgement> {
  const { profile, token, deadlines } = line
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', PDF)
  form.set(
    'file',
    new Blob(
      message.chunks.map((chunk) => new Uint8Array(chunk)),
      { type: PDF },
    ),
    template.filename,
  )
  const reply = await askGraph({
    ...{ method: 'POST', token, body: form },
    url: `${graphRoot(profile)}/${profile.phoneId}/media`,
    ms: message.transferMs + deadlines.answer,
  })
  const judged = judgeReply(reply, mediaIdIn)
  if (judged.outcome !== 'accepted') return judged
  await template.media.keep(judged.id)
  return judged.id
}

const PDF = 'application/pdf'

async function post({ profile, token, deadlines }: Line, parcel: Parcel, media: string): Promise<Judgement> {
  const reply = await askGraph({
    ...{ method: 'POST', token, ms: deadlines.message },
    url: `${graphRoot(profile)}/${profile.phoneId}/messages`,
    body: JSON.stringify(templateRequest(profile, parcel, media)),
  })
  return judgeReply(reply, messageIdIn)
}

/** The body of POST /messages, as the Cloud API documents it. */
export function templateRequest(
  profile: Pick<WhatsAppProfile, 'template' | 'templateLanguage'>,
  { template, number }: Pick<Parcel, 'template' | 'number'>,
  media: string,
) {
  const header = { type: 'document', document: { id: media, filename: template.filename } }
  const body = template.parameters.map((text) => ({ type: 'text', text }))
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: phoneDigits(number),
    biz_opaque_callback_data: template.reference,
    type: 'template',
    template: {
      name: profile.template,
      language: { code: profile.templateLanguage },
      components: [
        { type: 'header', parameters: [header] },
        ...(body.length === 0 ? [] : [{ type: 'body', parameters: body }]),
      ],
    },
  }
}

/** The upload failed before anything was said about a message: what is shared makes it wait, else it is the file's own fate. */
function untouched(parcel: Parcel, judged: Judgement): DeliverResult {
  return resultOf(parcel, judged.fault === null ? judged : { ...judged, outcome: 'not-tried' })
}

/** A second upload that failed, after a message that was refused: it is not sent, whatever became of the file. */
function inHand(judged: Judgement): Judgement {
  return judged.outcome === 'rejected' ? judged : { ...judged, outcome: 'deferred' }
}

function resultOf(
  { number }: Parcel,
  { outcome, code, reply, id, fault }: Omit<Judgement, 'outcome'> & Pick<RecipientResult, 'outcome'>,
): DeliverResult {
  return {
    recipients: [{ address: number, outcome, code, enhanced: '', reply, serverId: id }],
    fault,
    reusable: fault === null,
  }
}

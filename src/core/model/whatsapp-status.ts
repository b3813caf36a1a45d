/** What Meta's webhook says became of messages: read from its JSON, which may hold anything. Pure. */
import type { BounceVerdict } from './bounce.ts'
import { fieldsOf, jsonObject, listOf, textOf } from './json-object.ts'
import { oneLine } from './reply.ts'

const STATUSES = ['sent', 'delivered', 'read', 'failed'] as const
type MessageStatus = (typeof STATUSES)[number]

export interface WhatsAppStatus {
  /** Meta's name of the message. */
  readonly wamid: string
  readonly status: MessageStatus
  /** Our name of the delivery (`biz_opaque_callback_data`), or ''. */
  readonly reference: string
  /** Meta's id of the number that sent it, or ''. */
  readonly phoneId: string
  /** Meta's error code of a failure, or 0. */
  readonly code: number
  /** Its words, one line, or ''. */
  readonly words: string
}

/** The verdict of each status; that it was read proves that it was delivered. */
export const STATUS_VERDICTS: Readonly<Record<MessageStatus, BounceVerdict>> = {
  sent: 'relayed',
  delivered: 'delivered',
  read: 'read',
  failed: 'bounced',
}

type Fields = Readonly<Record<string, unknown>>

/** The statuses of one webhook body (`entry[].changes[].value.statuses[]`); messages of customers and all else are left alone. */
export function statusesIn(body: string): WhatsAppStatus[] {
  const changes = listOf(jsonObject(body)['entry']).flatMap((entry) => listOf(fieldsOf(entry)['changes']))
  return changes.flatMap((change) => {
    const value = fieldsOf(fieldsOf(change)['value'])
    const phoneId = textOf(fieldsOf(value['metadata'])['phone_number_id'])
    return listOf(value['statuses']).flatMap((each) => statusOf(fieldsOf(each), phoneId) ?? [])
  })
}

function statusOf(fields: Fields, phoneId: string): WhatsAppStatus | null {
  const wamid = textOf(fields['id'])
  const status = STATUSES.find((known) => known === fields['status'])
  if (wamid === '' || status === undefined) return null
  const reference = textOf(fields['biz_opaque_callback_data'])
  return { wamid, status, reference, phoneId, ...errorOf(fieldsOf(listOf(fields['errors'])[0])) }
}

function errorOf(error: Fields): { readonly code: number; readonly words: string } {
  const code = typeof error['code'] === 'number' ? error['code'] : 0
  const title = textOf(error['title']) || textOf(error['message'])
  const details = textOf(fieldsOf(error['error_data'])['details'])
  const said = [title, details === title ? '' : details].filter(Boolean).join(': ')
  return { code, words: code === 0 ? '' : oneLine(`${code} ${said}`) }
}

import type { TemplateMessage } from '../channels/channel.ts'

/** A message ready to be sent. */
export interface LoadedMessage {
  readonly from: string
  readonly chunks: readonly Buffer[]
  /** Those of the chunks that are base64. */
  readonly encoded?: ReadonlySet<Buffer>
  readonly bytes: number
  readonly transferMs: number
  /** Of a WhatsApp message, whose bytes are its PDF. */
  readonly template?: TemplateMessage
}

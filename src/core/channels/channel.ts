import type { RecipientResult, ReplyScope } from '../model/delivery.ts'
import type { CheckCause, CheckStep, ProfileCheck, SmtpProfile } from '../model/profile.ts'
import type { WhatsAppProfile } from '../model/whatsapp-profile.ts'

/** A message ready for the wire. */
export interface OutgoingMessage {
  /** Envelope sender (MAIL FROM). */
  readonly from: string
  readonly recipients: readonly string[]
  /** The whole message in order, CRLF line ends, not dot-stuffed. */
  readonly chunks: readonly Buffer[]
  /** Those of the chunks that are base64, whose lines nobody has to look at. */
  readonly encoded?: ReadonlySet<Buffer> | undefined
  readonly bytes: number
  /** Milliseconds that the transfer of the bytes may take: 2 minutes, or 10 with the long timeout. */
  readonly transferMs: number
  /** Name of the envelope that a delivery status notification gives back (ENVID, RFC 3461 § 4.4); left out, none is asked for. */
  readonly envelopeId?: string
  /** How WhatsApp presents the bytes, which are then one PDF; left out for mail. */
  readonly template?: TemplateMessage | undefined
}

/** A document under an approved template. */
export interface TemplateMessage {
  readonly filename: string
  /** Texts of `{{1}}`, `{{2}}`, … */
  readonly parameters: readonly string[]
  /** Our own name for this recipient's delivery, given back with every status (`biz_opaque_callback_data`). */
  readonly reference: string
  readonly media: MediaMemory
}

/** Where the id of an uploaded file is kept: a retry, and the same file for another number, upload nothing. */
export interface MediaMemory {
  /** The id, or null when the file is not uploaded, or so long ago that the id ends soon. */
  recall(): Promise<string | null>
  /** @param id null forgets it */
  keep(id: string | null): Promise<void>
}

/**
 * Commits "the final dot is about to be sent for these recipients" to the store. Called once per message, after the body is
 * written and before the dot. When it throws (the lease was lost) the channel must drop the connection without the dot.
 */
export type DotMark = (accepted: readonly string[]) => Promise<void>

/** A fault that is not the message's: everything else of the profile would meet it too. */
export interface ChannelFault {
  readonly scope: Extract<ReplyScope, 'profile' | 'quota' | 'host'>
  readonly cause: CheckCause
  readonly code: number
  /** The server's or the network's words, one line. */
  readonly reply: string
}

export interface DeliverResult {
  /** One for each recipient of the message, in its order. */
  readonly recipients: readonly RecipientResult[]
  readonly fault: ChannelFault | null
  /** Whether this session can take another message. */
  readonly reusable: boolean
}

/** One open, authenticated connection; one message at a time. */
export interface Session {
  /** What protects the connection, for proof: TLS version, cipher, the server's certificate; '' in clear text. */
  readonly tls: string
  /** Never throws for what a server or network does; throws only what `beforeDot` threw (after dropping the connection). */
  deliver(message: OutgoingMessage, beforeDot: DotMark): Promise<DeliverResult>
  /** Ends politely. Harmless when called twice. */
  close(): Promise<void>
}

/** Without a fault it was not opened because the program was asked to end: nothing was found out about the server. */
export type OpenedSession =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly fault: ChannelFault | null }

export interface CheckOptions {
  /** Address for RCPT TO; the sender itself when not given. */
  readonly to: string
  /** A real message to send to `to` when the steps before passed; null only asks (RSET after RCPT TO). */
  readonly message: readonly Buffer[] | null
  readonly onStep: (step: CheckStep) => void
}

/** An access token, or the fault that there is none. */
export type TokenAnswer =
  { readonly ok: true; readonly token: string } | { readonly ok: false; readonly fault: ChannelFault }

/** Access tokens of one profile, shared by its connections: one request at a time, whoever asks. */
export interface AccessTokens {
  /**
   * A token that is good for some minutes more.
   * @param refused a token that the mail server did not take, which is not given again; null for none
   */
  get(refused: string | null): Promise<TokenAnswer>
}

/** What signs a profile in: its password, '' for none, or access tokens (XOAUTH2). */
export type Credential = string | AccessTokens

/** What a channel must do. A dead peer is an answer, never an exception. */
export interface Channel {
  open(profile: SmtpProfile, credential: Credential): Promise<OpenedSession>
  check(profile: SmtpProfile, credential: Credential, options: CheckOptions): Promise<ProfileCheck>
}

export interface WhatsAppCheckOptions {
  /** A message to really send, or null to send none. */
  readonly message: OutgoingMessage | null
}

/** WhatsApp. The credential is the access token. */
export interface WhatsAppChannel {
  open(profile: WhatsAppProfile, token: string): Promise<OpenedSession>
  check(profile: WhatsAppProfile, token: string, options: WhatsAppCheckOptions): Promise<ProfileCheck>
}

/** Milliseconds each phase may take (RFC 5321 § 4.5.3.2, shortened where a submission server has no excuse). */
export interface Deadlines {
  readonly connect: number
  readonly greeting: number
  readonly command: number
  readonly dataInit: number
  /** Waiting for the reply after the dot: giving up early is what makes an outcome unknown. */
  readonly dot: number
}

export const DEADLINES: Deadlines = {
  connect: 30_000,
  greeting: 60_000,
  command: 60_000,
  dataInit: 120_000,
  dot: 600_000,
}

/** What a `send --sandbox` wrote: real messages as files; nothing was sent and no state changed. */
export interface SandboxResult {
  readonly kind: 'sandbox'
  readonly folder: string
  readonly messages: readonly {
    readonly order: string
    readonly recipients: readonly string[]
    readonly subject: string
    readonly bytes: number
    readonly file: string
    /** Of a WhatsApp message, whose file is its PDF: the texts of its template. */
    readonly parameters?: readonly string[]
  }[]
  /** Orders whose message could not be put together, and why. */
  readonly missing: readonly { readonly order: string; readonly detail: string }[]
}

/** One real message that went to another address than its customer's. */
export interface RedirectedMessage {
  readonly order: string
  readonly customer: string
  /** Whom it is for. */
  readonly intended: readonly string[]
  readonly subject: string
  /** Whether the server took it. */
  readonly ok: boolean
  readonly bytes: number
  readonly code: number
  /** The server's words, or why it was not sent. */
  readonly reply: string
  /** `payroll`: it stays here, because payroll goes to its employee alone. Left out otherwise. */
  readonly reason?: 'payroll'
}

/** What a `send --redirect-to` sent to one address: no state changed. */
export interface RedirectedResult {
  readonly kind: 'redirected'
  readonly to: string
  readonly messages: readonly RedirectedMessage[]
  readonly needsPerson: boolean
}

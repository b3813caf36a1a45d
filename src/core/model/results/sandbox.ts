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
  }[]
  /** Orders whose message could not be put together, and why. */
  readonly missing: readonly { readonly order: string; readonly detail: string }[]
}

/** What a command has to say before it ends: codes and data, worded by ui/. */
export interface Notice {
  readonly notice: 'device-code'
  /** Where a person types the code. */
  readonly url: string
  readonly code: string
  readonly minutes: number
}

import type { SmtpTestResult } from './results/profiles.ts'

/** What a command has to say before it ends: codes and data, worded by ui/. */
export type Notice = DeviceCodeNotice | WebhookNotice | TestFailedNotice

export interface DeviceCodeNotice {
  readonly notice: 'device-code'
  /** Where a person types the code. */
  readonly url: string
  readonly code: string
  readonly minutes: number
}

/** It listens for Meta's webhook there. */
export interface WebhookNotice {
  readonly notice: 'webhook'
  readonly place: string
}

/** A profile that is being set up did not pass; whether it is corrected is asked next. */
export interface TestFailedNotice {
  readonly notice: 'test-failed'
  readonly test: SmtpTestResult
}

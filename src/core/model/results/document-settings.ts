import type { DocumentSetting } from '../document-setting.ts'

/** What is said of kinds of document: all of it, or what was just changed. */
export interface DocumentSettingsResult {
  readonly kind: 'document-settings'
  readonly settings: readonly DocumentSetting[]
}

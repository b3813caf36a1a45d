import type { Evidence } from '../core/model/results/evidence.ts'
import { detectLanguage } from './messages/index.ts'
import type { Language } from './messages/translate.ts'
import { evidencePage } from './pages/evidence-page.ts'

/** What is known of the reader. */
export interface Reader {
  /** The command line's words. */
  readonly words: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Language of the settings file. */
  readonly settings: Language | null
}

/** Writes the page of a document's evidence in the reader's language. */
export function makeEvidencePage({ words, environment, settings }: Reader): (evidence: Evidence) => string {
  return (evidence) => evidencePage(evidence, detectLanguage(words, environment, settings))
}

import { replyRules } from './es/reply-rules.ts'
import type { Language } from './translate.ts'

/**
 * A rule for replies in the reader's words. In English its name and its note are words already; what has no others stays as it is.
 * @param note where the rule is from, or ''
 */
export function replyRuleWords(
  language: Language,
  { rule, note }: { readonly rule: string; readonly note: string },
): { readonly rule: string; readonly note: string } {
  const [says, source] = (language === 'es' ? replyRules[rule] : undefined) ?? []
  return { rule: says === undefined ? rule : `${says} (${rule})`, note: source ?? note }
}

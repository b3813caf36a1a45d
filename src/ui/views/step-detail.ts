import { type CheckStep, NOBODY_SIGNED_IN } from '../../core/model/profile.ts'
import type { ResultOf } from '../../core/model/result.ts'
import type { MessageKey } from '../messages/index.ts'
import { codeWords } from './event-reader.ts'
import type { ViewContext } from './view.ts'

type Words = Pick<ViewContext, 't' | 'verbosity'>
type Groups = Readonly<Record<string, string>>

/**
 * What a step of a test saw, in the reader's language as far as the program itself wrote it; `--json` keeps one wording for all.
 * A server's words stay as they are, but for Meta's raw answers, which only `--verbose` shows.
 */
export function stepDetail(
  { detail, ok, step }: CheckStep,
  test: ResultOf<'smtp-test' | 'whatsapp-test'>['kind'],
  { t, verbosity }: Words,
): string {
  const told = OWN_WORDS.reduce((words, [pattern, key]) => {
    const found = pattern.exec(words)
    if (found === null) return words
    return words.slice(0, found.index) + t(key, inWords(found.groups ?? {}, t))
  }, detail)
  if (test === 'smtp-test' || told !== detail) return told
  if (step === 'number' && ok) return numberFacts(detail, t)
  return verbosity === 'verbose' ? detail : metaAnswer(detail, ok, t)
}

/** What the program itself says, alone or behind something else, and the message that says it in the reader's language. */
const OWN_WORDS: readonly (readonly [RegExp, MessageKey])[] = [
  [
    /subject (?<subject>.*); issuer (?<issuer>.*); until (?<until>\S+) \((?<days>-?\d+) d\)$/,
    'seen.certificate',
  ],
  [/^no PEM certificate in (?<file>.*)$/, 'seen.no-authority'],
  [new RegExp(`^${NOBODY_SIGNED_IN}(?<rest>.*)$`), 'seen.nobody-signed-in'],
  [/no (?:reply|answer) in time$/, 'seen.no-reply'],
  [/connection closed by the server$/, 'seen.closed'],
  [/^STARTTLS not offered$/, 'seen.no-starttls'],
  [/^no password is sent without encryption$/, 'seen.clear-password'],
  [/^the password is empty$/, 'seen.empty-password'],
  [/^(?<id>\S+) is no phone number$/, 'seen.no-number'],
  [/^no template (?<name>\S+) in (?<language>\S+); there is (?<others>.*)$/, 'seen.template-elsewhere'],
  [/^no template (?<name>\S+) in (?<language>\S+)$/, 'seen.no-template'],
  [/^template (?<name>\S+) has no document as its header$/, 'seen.template-header'],
  [
    /^template (?<name>\S+) has (?<count>\d+) parameters; the profile names (?<named>\d+)$/,
    'seen.template-texts',
  ],
  [/^template (?<name>\S+) is (?<status>[A-Z_]+)$/, 'seen.template-status'],
  [/^(?<name>\S+ \S+) (?<status>APPROVED), (?<count>\d+) parameters$/, 'seen.template'],
]

function inWords(groups: Groups, t: Words['t']): Groups {
  const { status } = groups
  if (status === undefined) return groups
  return { ...groups, status: codeWords(['template-status'], status, t) ?? status }
}

/** `+52 55 5000 0000, Emisor, GREEN, VERIFIED`: number and name, then what Meta thinks of them. */
function numberFacts(detail: string, t: Words['t']): string {
  const facts = detail.split(', ')
  return facts.map((fact, i) => (i < 2 ? fact : (codeWords(['number-fact'], fact, t) ?? fact))).join(', ')
}

function metaAnswer(detail: string, ok: boolean, t: Words['t']): string {
  const answer = /^(?:not an answer of the Graph API: )?HTTP (?<status>\d+)/.exec(detail)?.groups
  if (answer !== undefined) return ok ? t('seen.meta-took') : t('seen.not-meta', answer)
  const refusal = /^(?<code>\d+) (?:\(#\d+\) )?(?<words>.+)$/.exec(detail)?.groups
  return ok || refusal === undefined ? detail : t('seen.meta-refused', refusal)
}

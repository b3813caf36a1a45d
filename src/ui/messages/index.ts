import type { CfdiMailError, ErrorParams, ErrorProblem } from '../../core/model/errors.ts'
import { carrying } from '../../core/model/carrying.ts'
import { makeEn } from './en/index.ts'
import { es } from './es/index.ts'
import { fill, type Language, LANGUAGES, type MessageParams } from './translate.ts'

export type MessageKey = keyof typeof es

type Texts = Readonly<Record<MessageKey, string>>

let en: Texts | undefined

function textsOf(language: Language): Texts {
  return language === 'es' ? es : (en ??= makeEn())
}

/** The text of a key, its holes filled. */
export function text(language: Language, key: MessageKey, params?: MessageParams): string {
  return fill(textsOf(language)[key], params)
}

/** The same for whoever says by flags where the data are: the commands that it suggests have these flags too. */
export function textCarrying(
  { language, carried = '' }: Pick<Reader, 'language' | 'carried'>,
  key: MessageKey,
  params?: MessageParams,
): string {
  return fill(carrying(textsOf(language)[key], carried), params)
}

/** The text of a key that is put together at run time (a command's, a flag's), or undefined when there is none. */
export function descriptionOf(language: Language, key: string): string | undefined {
  return key in es ? textsOf(language)[key as MessageKey] : undefined
}

/** Whom an error is told. */
export interface Reader {
  readonly language: Language
  /** Flags that the commands of a text need to act where this one did: `--empresa NORTE`, or ''. */
  readonly carried?: string
  /** Names of flags as the reader types them, by their own; for the others their own is shown. */
  readonly flags?: Readonly<Record<string, string>>
}

/** What an error says, and its cure where one is known. */
export function errorText(
  { language, carried = '', flags = {} }: Reader,
  { code, params, problems }: Pick<CfdiMailError, 'code' | 'params' | 'problems'>,
): { readonly message: string; readonly hint: string | undefined } {
  const flag = flags[String(params['flag'])]
  const words = {
    ...inWords(language, params),
    ...(flag === undefined ? {} : { flag }),
    ...(typeof params['flags'] === 'string' ? { flags: typedFlags(params['flags'], flags) } : {}),
    problems: problems.map((problem) => `  ${problemText(language, problem)}`).join('\n'),
  }
  const variant = String(params['variant'] ?? '')
  const message =
    descriptionOf(language, `error.${code}.${variant}`) ?? descriptionOf(language, `error.${code}`) ?? code
  const hint = descriptionOf(language, `hint.${code}.${variant}`) ?? descriptionOf(language, `hint.${code}`)
  const say = (template: string) => fill(carrying(template, carried), words)
  return { message: say(message).trimEnd(), hint: hint === undefined ? undefined : say(hint) }
}

/** `--sent, --resend` as the reader types them. */
export function typedFlags(shown: string, flags: Readonly<Record<string, string>>): string {
  return shown.replace(/--([a-z][a-z-]*)/g, (_, name: string) => `--${flags[name] ?? name}`)
}

/** Parameters that are codes themselves, and the family of messages that has their words. */
const CODED: Readonly<Record<string, string>> = {
  problem: 'problem',
  field: 'field',
  state: 'state',
  choices: 'choices',
  expected: 'expected',
  place: 'place',
  strange: 'strange',
  permission: 'permission',
  role: 'choice.role',
  scope: 'scope',
  use: 'use',
  reason: 'reason',
  event: 'choice.event',
}

function problemText(language: Language, { family, code, params }: ErrorProblem): string {
  const words = inWords(language, params)
  return fill(descriptionOf(language, `${family}.${code}`) ?? code, words)
}

function inWords(language: Language, params: ErrorParams): ErrorParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (name === 'choices' && typeof params['flag'] === 'string')
        return [name, choicesInWords(language, params['flag'], String(value))]
      if (name === 'roles') return [name, choicesInWords(language, 'role', String(value))]
      const family = CODED[name]
      const words = family === undefined ? undefined : descriptionOf(language, `${family}.${value}`)
      return [name, words === undefined ? value : fill(words, params)]
    }),
  )
}

/** What a flag may be, as the reader would type it; `choices.path` and the like are words already. */
export function choicesInWords(language: Language, flag: string, choices: string): string {
  const whole = descriptionOf(language, `choices.${choices}`)
  if (whole !== undefined) return whole
  return choices
    .split(', ')
    .map((choice) => descriptionOf(language, `choice.${flag}.${choice}`) ?? choice)
    .join(', ')
}

export function unexpectedText(language: Language, detail: string): string {
  return text(language, 'error.unexpected', { detail })
}

/**
 * The reader's language: `--lang`, then CFDI_MAIL_LANG, the settings, LANG; else Spanish. Looked for in the raw words, because
 * errors of the command line itself have to be in it too.
 */
export function detectLanguage(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  settings: Language | null,
): Language {
  const flag = words.flatMap((word, i) => {
    const inline = /^--(?:lang|idioma)=(.*)$/.exec(word)
    if (inline !== null) return [inline[1]]
    return word === '--lang' || word === '--idioma' ? [words[i + 1]] : []
  })
  const system = environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? ''
  const wishes = [flag.at(-1), environment['CFDI_MAIL_LANG'], settings, system.slice(0, 2)]
  return (
    LANGUAGES.find(
      (language) => language === wishes.find((wish) => LANGUAGES.some((known) => known === wish)),
    ) ?? 'es'
  )
}

import { foldName } from './customer.ts'

/** The language of a mail that customers or suppliers read; not that of the screen. */
export const MAIL_LANGUAGES = ['es', 'en'] as const
export type MailLanguage = (typeof MAIL_LANGUAGES)[number]

const WORDS: Readonly<Record<MailLanguage, readonly string[]>> = {
  es: ['es', 'espanol', 'spanish', 'es-mx'],
  en: ['en', 'ingles', 'english', 'en-us'],
}

/** The language that a word names, or null. */
export function mailLanguageOf(text: string): MailLanguage | null {
  const word = foldName(text)
  return MAIL_LANGUAGES.find((language) => WORDS[language].includes(word)) ?? null
}

import type { Language } from './translate.ts'

/** Lines to paste that show how a command is used; [] for one without. Loaded for its help only. */
export async function examplesOf(language: Language, command: string): Promise<readonly string[]> {
  const { examples } = language === 'es' ? await import('./es/examples.ts') : await import('./en/examples.ts')
  return (examples[command] ?? []).map((example) => `cfdi-mail ${example}`)
}

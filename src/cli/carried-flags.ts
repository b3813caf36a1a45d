import { shellWord } from '../core/model/shell-word.ts'
import type { Language } from '../ui/messages/translate.ts'
import { COMMON, type CommonFlags } from './common-flags.ts'
import { namesOfFlag } from './flag-names.ts'
import type { Host } from './host.ts'

/** Where the data are, as the reader typed it: what a variable or the settings say needs no repeating. */
export function carriedFlags(
  { platform }: Pick<Host, 'platform'>,
  common: Pick<CommonFlags, 'data' | 'config' | 'company'>,
  language: Language,
): string {
  return (['data', 'config', 'company'] as const)
    .flatMap((name) => {
      const [value, spec] = [common[name], COMMON[name]]
      if (value === undefined || spec === undefined) return []
      return [`--${namesOfFlag(language, name, spec)[0]} ${quoted(value, platform)}`]
    })
    .join(' ')
}

/** As a shell takes it for one word. */
function quoted(value: string, platform: string): string {
  if (platform === 'win32') return /[\s&^%]/.test(value) ? `"${value}"` : value
  return shellWord(value)
}

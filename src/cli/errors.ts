import { CfdiMailError, ERRORS } from '../core/model/errors.ts'
import { EXIT, exitCodeOfError } from '../ui/exit-codes.ts'
import { errorText, type Reader, text, unexpectedText } from '../ui/messages/index.ts'
import type { Printer } from '../ui/printer.ts'
import type { Language } from '../ui/messages/translate.ts'
import { nearestChoice } from './wrong-value.ts'

/**
 * The one place where an exception becomes words and an exit code. A known error is a line and its cure; anything else is a
 * bug: it says so, and with --verbose shows where.
 */
export async function reportError(
  error: unknown,
  printer: Printer,
  reader: Reader & { readonly verbose: boolean },
): Promise<number> {
  const { language, verbose } = reader
  if (error instanceof CfdiMailError) {
    const { message, hint: cure } = errorText(reader, error)
    const hint = [await meant(error, language), cure].filter((words) => words !== undefined).join(' ')
    printer.error(
      { kind: 'error', code: error.code, message, ...(hint === '' ? {} : { hint }) },
      verbose ? traceOf(error) : undefined,
    )
    return exitCodeOfError(ERRORS[error.code])
  }
  const detail = error instanceof Error ? error.message : String(error)
  printer.error(
    { kind: 'error', code: 'UNEXPECTED', message: unexpectedText(language, detail) },
    verbose ? traceOf(error) : undefined,
  )
  return EXIT.bug
}

/** What a value that was refused was probably meant to be. */
async function meant(error: CfdiMailError, language: Language): Promise<string | undefined> {
  if (error.code !== 'BAD_CHOICE' && error.code !== 'PAPER_KIND') return undefined
  // Loaded for this alone, as the parser does.
  const { nearestName } = await import('../core/model/nearest-name.ts')
  const nearest = nearestChoice(error, language, nearestName)
  return nearest === '' ? undefined : text(language, 'usage.nearest', { nearest })
}

function traceOf(error: unknown): string {
  const lines: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    lines.push(cause.stack ?? cause.message)
  return lines.join('\n')
}

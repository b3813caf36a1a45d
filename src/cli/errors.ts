import { CfdiMailError, ERRORS } from '../core/model/errors.ts'
import type { ErrorResult } from '../core/model/results/error.ts'
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
    printer.error(await resultOf(error, reader), verbose ? traceOf(error) : undefined)
    return exitCodeOfError(ERRORS[error.code])
  }
  const detail = error instanceof Error ? error.message : String(error)
  printer.error(
    { kind: 'error', code: 'UNEXPECTED', message: unexpectedText(language, detail) },
    verbose ? traceOf(error) : undefined,
  )
  return EXIT.bug
}

async function resultOf(error: CfdiMailError, reader: Reader): Promise<ErrorResult> {
  const { message, hint: cure } = errorText(reader, error)
  const nearest = await meant(error, reader.language)
  const guess = nearest === '' ? undefined : text(reader.language, 'usage.nearest', { nearest })
  const hint = [guess, cure].filter((words) => words !== undefined).join(' ')
  return {
    ...{ kind: 'error', code: error.code, message },
    ...(hint === '' ? {} : { hint }),
    ...(nearest === '' ? {} : { nearest }),
  }
}

/** What a value that was refused, or a name that nobody has, was probably meant to be; '' when nothing is near. */
async function meant(error: CfdiMailError, language: Language): Promise<string> {
  const { code, params } = error
  if (code !== 'BAD_CHOICE' && code !== 'PAPER_KIND' && code !== 'ROLE_NOT_FOUND')
    return String(params['nearest'] ?? '')
  // Loaded for this alone, as the parser does.
  const { nearestName } = await import('../core/model/nearest-name.ts')
  const asChoice = { ...params, flag: 'role', value: params['name'] ?? '', choices: params['roles'] ?? '' }
  return nearestChoice({ params: code === 'ROLE_NOT_FOUND' ? asChoice : params }, language, nearestName)
}

function traceOf(error: unknown): string {
  const lines: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    lines.push(cause.stack ?? cause.message)
  return lines.join('\n')
}

import { CfdiMailError, ERRORS } from '../core/model/errors.ts'
import { EXIT, exitCodeOfError } from '../ui/exit-codes.ts'
import { errorText, unexpectedText } from '../ui/messages/index.ts'
import type { Printer } from '../ui/printer.ts'
import type { Language } from '../ui/messages/translate.ts'

/** Whom an error is told. */
interface Reader {
  readonly language: Language
  readonly verbose: boolean
  /** Names of flags as this reader types them, by their own. */
  readonly flags: Readonly<Record<string, string>>
}

/**
 * The one place where an exception becomes words and an exit code. A known error is a line and its cure; anything else is a
 * bug: it says so, and with --verbose shows where.
 */
export function reportError(error: unknown, printer: Printer, { language, verbose, flags }: Reader): number {
  if (error instanceof CfdiMailError) {
    const { message, hint } = errorText(language, error, flags)
    printer.error(
      { kind: 'error', code: error.code, message, ...(hint === undefined ? {} : { hint }) },
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

function traceOf(error: unknown): string {
  const lines: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    lines.push(cause.stack ?? cause.message)
  return lines.join('\n')
}

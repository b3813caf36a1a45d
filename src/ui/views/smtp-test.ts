import { type CheckStep, NOBODY_SIGNED_IN } from '../../core/model/profile.ts'
import type { ResultOf } from '../../core/model/result.ts'
import { foldedWords } from './fold.ts'
import { stripControls } from './plain.ts'
import { stepDetail } from './step-detail.ts'
import type { View, ViewContext } from './view.ts'

/** `smtp-test`: each step, the verdict, and what to do when it failed. */
export const smtpTestView: View<ResultOf<'smtp-test'>> = (result, context) =>
  testText(`${result.host}:${result.port}`, result, context)

/** A test of either channel. */
export function testText(
  place: string,
  result: ResultOf<'smtp-test' | 'whatsapp-test'>,
  context: ViewContext,
): string {
  const { t, paint } = context
  const { ok, cause, saved } = result
  const steps = result.steps.map((step) =>
    stepLine({ ...step, detail: stepDetail(step, result.kind, context) }, nameOf(step, context), context),
  )
  const verdict = ok ? paint('good', t('smtp-test.ok')) : paint('bad', t('smtp-test.failed'))
  const explained =
    cause === null
      ? []
      : [
          ...foldedWords(t('smtp-test.cause', { cause: t(`cause.${cause}`) }), context.width),
          ...foldedWords(t('smtp-test.remedy', { remedy: t(`remedy.${cause}`) }), context.width),
        ]
  const kept = saved === null ? [] : [t('smtp-test.saved', { name: saved })]
  return [place, ...steps, '', verdict, ...explained, ...kept].join('\n')
}

/** A server that asks for no user saw none: "user and password" would say that it had taken them. */
function nameOf({ step, detail }: CheckStep, { t }: ViewContext): string {
  return t(detail.startsWith(NOBODY_SIGNED_IN) ? 'step.nobody-signed-in' : `step.${step}`)
}

function stepLine({ ok, detail, ms }: CheckStep, title: string, { paint, width }: ViewContext): string {
  const mark = ok ? paint('good', '✓') : paint('bad', '✗')
  const name = title.padEnd(21)
  const time = `${ms} ms`.padStart(8)
  const room = Math.max(20, width - 36)
  const words = stripControls(detail)
  // What failed is shown whole: the server's words are what somebody will be asked about.
  const shown = ok && words.length > room ? `${words.slice(0, room - 1)}…` : words
  const [first = '', ...rest] = ok ? [shown] : foldedWords(shown, room)
  return [`${mark} ${name}${time}  ${first}`.trimEnd(), ...rest.map((line) => ' '.repeat(33) + line)].join(
    '\n',
  )
}

import type { ResultOf } from '../../core/model/result.ts'
import type {
  WatchFiled,
  WatchNotPackaged,
  WatchPackaged,
  WatchPaused,
  WatchStarted,
} from '../../core/model/results/watched.ts'
import { errorText } from '../messages/index.ts'
import { documentName } from './document-name.ts'
import { localTime } from './local-time.ts'
import { fileName } from './obstacles.ts'
import { stripControls } from './plain.ts'
import type { View, ViewContext } from './view.ts'

/** What `watch` tells: a line for each thing that happened. */
export const watchedView: View<ResultOf<'watched'>> = (result, context) => {
  switch (result.event) {
    case 'started':
    case 'looked':
      return started(result, context)
    case 'packaged':
      return packaged(result, context)
    case 'filed':
      return filed(result, context)
    case 'not-packaged':
      return notPackaged(result, context)
    case 'source-lost':
    case 'source-back': {
      const source = stripControls(result.source)
      const key = result.unmounted ? 'source-unmounted' : result.event
      return context.t(`watched.${key}`, { at: timeOf(result, context), source })
    }
    case 'paused':
    case 'resumed':
      return paused(result, context)
  }
}

function started(result: WatchStarted, { t }: ViewContext): string {
  const { event, sources, totals, blocked, byHand } = result
  return [
    t(`watched.${event}`, { ...totals, blocked, sources: stripControls(sources.join(', ')) }),
    ...(blocked === 0 ? [] : [t('watched.started.blocked')]),
    ...(byHand === 0 ? [] : [t('watched.started.by-hand', { count: byHand })]),
  ].join('\n')
}

function packaged(result: WatchPackaged, context: ViewContext): string {
  const { order, documents } = result
  const facts = {
    at: timeOf(result, context),
    documents: stripControls(documents.map(documentName).join(', ')),
    customer: stripControls(order.customer),
  }
  if (order.state !== 'held') {
    const recipients = stripControls(order.recipients.map(({ address }) => address).join(', '))
    return context.t('watched.packaged', { ...facts, recipients })
  }
  const why =
    order.recipients.length === 0
      ? context.t(`watched.held.${order.channel === 'whatsapp' ? 'no-number' : 'no-address'}`, facts)
      : context.t('watched.held.quarantine', { addresses: stripControls(order.quarantined.join(', ')) })
  return context.t('watched.held', { ...facts, why })
}

function filed(result: WatchFiled, context: ViewContext): string {
  const { document } = result
  return context.t('watched.filed', {
    at: timeOf(result, context),
    document: stripControls(documentName(document)),
    customer: stripControls(document.customer ?? ''),
    file: stripControls(document.files[0] ?? ''),
  })
}

function notPackaged(result: WatchNotPackaged, context: ViewContext): string {
  const { document } = result
  const name = document.result === 'rejected' ? fileName(document.file) : documentName(document)
  return context.t(document.reason === 'not-automatic' ? 'watched.by-hand' : 'watched.not-packaged', {
    at: timeOf(result, context),
    document: stripControls(name),
    customer: stripControls(document.customer ?? document.receiverRfc),
    reason: document.reason === null ? '' : context.t(`reason.${document.reason}`),
  })
}

function paused(result: WatchPaused, context: ViewContext): string {
  const at = timeOf(result, context)
  if (result.error === null) return context.t(`watched.resumed.${result.job}`, { at })
  const { message } = errorText(context, { ...result.error, problems: [] })
  return context.t(`watched.paused.${result.job}`, { at, why: message })
}

function timeOf({ at }: ResultOf<'watched'>, { language }: ViewContext): string {
  return localTime(at, language)
}

import type { limits as es } from '../es/limits.ts'

export const limits: Record<keyof typeof es, string> = {
  'command.profiles.set': 'Changes the limits and connections of a profile; no new test is needed',
  'flag.profiles.set.provider': 'Takes the limits that a provider is known for',
  'flag.per-minute': 'Messages a minute at the most; none lifts the limit',
  'flag.per-day': 'Recipients in 24 hours at the most; none lifts the limit',
  'flag.max-recipients':
    'Recipients of a message at the most; the others get another copy of it (usually 50)',
  'flag.max-bytes': 'Largest message as encoded, for example 25M; none leaves it to the server',
  'flag.on-unknown':
    'What to do with an uncertain delivery: hold it (hold, the usual) or send it again later (resend-after:24h)',
  'flag.bounces-to':
    'Mailbox that bounces come back to, with the order in its address (VERP); none lets them come to the sender',
  'flag.plan':
    'Only says how much would be sent, which limit bites and when the last one goes; sends nothing',

  'profiles.provider': 'Provider',
  'provider.generic': 'any other (generic)',
  'profiles.limits': 'Limits',
  'profiles.each': 'Each message',
  'profiles.per-minute': '{count} {count|message|messages} a minute',
  'profiles.per-day': '{count} {count|recipient|recipients} in 24 hours',
  'profiles.max-recipients': '{count} {count|recipient|recipients}',
  'profiles.max-bytes': '{size}',
  'profiles.bounces-to': 'Bounces to',
  'profiles.unknown': 'Uncertain ones',
  'profiles.unknown.hold': 'are held',
  'profiles.unknown.resend-after': 'are sent again after {hours} {hours|hour|hours}',

  'sent.limit.per-minute':
    'Profile "{profile}" reached {allowed} {allowed|message|messages} a minute: {waiting} {waiting|delivery|deliveries} left for {at}.',
  'sent.limit.per-day':
    'Profile "{profile}" reached {allowed} {allowed|recipient|recipients} in 24 hours: {waiting} {waiting|delivery|deliveries} left for {at}.',
  'sent.too-big-help': 'Messages that are too big can be split, zipped, or sent as a link.',

  'plan.nothing': 'There is nothing to send now.',
  'plan.totals':
    'To send: {messages} {messages|message|messages} to {recipients} {recipients|recipient|recipients}, {size}.',
  'plan.profile': 'Profile {name}',
  'plan.amount':
    '{messages} {messages|message|messages} to {recipients} {recipients|recipient|recipients}, {size}; the largest {largest}',
  'plan.limits': 'Limits: {limits}',
  'plan.no-limit': 'No limit by minute or day',
  'plan.per-minute': '{count} {count|message|messages} a minute',
  'plan.per-day': '{count} {count|recipient|recipients} in 24 hours ({used} used already)',
  'plan.hold': 'It is on hold: {reason}. It waits for a person.',
  'plan.hold-until': 'It is on hold until {until}: {reason}.',
  'plan.at-once': 'All of it goes in this run.',
  'plan.now': 'now',
  'plan.times': 'The first goes {first}; the last not before {last}.',
  'plan.waits.per-minute': 'The limit of a minute slows it down; the run waits and goes on by itself.',
  'plan.waits.per-day': 'The limit of 24 hours holds it up.',
  'plan.this-run':
    '{count} {count|recipient goes|recipients go} in this run; {left} {left|is|are} left for the next ones.',
  'plan.too-big': 'Order {order} has {size} and the profile takes {most}: it would fail.',
  'plan.more-too-big': '… and {count} more (--verbose or --json show {count|it|them})',
  'plan.no-way': 'the customer has no address, or no mobile number if it is WhatsApp',
  'plan.held': 'Held: {count} ({reason})',
  'plan.unknown':
    '{count} uncertain: {count|it waits|they wait} for you (cfdi-mail outbox list --state unknown)',
  'plan.later': '{count} due later; the first {at}',
  'plan.done': 'All of it will be out not before {at}.',
  'plan.sent-nothing': 'Nothing was sent.',
}

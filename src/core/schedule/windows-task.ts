import { isoSpan, type ScheduledJob } from '../model/schedule.ts'

/**
 * A task for the Windows Task Scheduler: at start-up, with the highest privileges, no conditions; on demand, as soon as possible
 * after a missed start, and again after a failure. Elements in the order of the schema 1.2, which is strict about it.
 * @returns XML text that says it is UTF-16; `utf16` makes the bytes
 * @throws BAD_INTERVAL
 */
export function taskXml(job: ScheduledJob): string {
  const [program = '', ...rest] = job.words
  const repeated =
    job.stay === 'resident'
      ? ''
      : `<Repetition><Interval>${isoSpan(job.every)}</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>`
  // A task of a person's runs in that person's session; one of the machine's without any.
  const logon = job.scope === 'user' ? trigger('LogonTrigger', repeated) : ''
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>cfdi-mail schedule: ${xml(job.titles.job)}</Description>
    <URI>\\${xml(job.name)}</URI>
  </RegistrationInfo>
  <Triggers>${trigger('BootTrigger', repeated)}${logon}
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xml(job.user)}</UserId>
      <LogonType>${job.scope === 'user' ? 'InteractiveToken' : 'S4U'}</LogonType>
      <RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>false</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <IdleSettings>
      <StopOnIdleEnd>false</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>3</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xml(program)}</Command>
      <Arguments>${xml(rest.map(quoted).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`.replaceAll('\n', '\r\n')
}

/** What `schtasks /XML` reads: UTF-16 with its mark. */
export function utf16(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, 'utf16le')
}

function trigger(name: 'BootTrigger' | 'LogonTrigger', repeated: string): string {
  return `\n    <${name}><Enabled>true</Enabled>${repeated}</${name}>`
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** One word as CommandLineToArgvW reads it: backslashes count only before a quote. */
function quoted(word: string): string {
  if (/^[^\s"]+$/.test(word)) return word
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`
}

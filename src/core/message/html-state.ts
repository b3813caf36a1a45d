/** Where in HTML a character stands, as far as it matters for what may be written there (HTML Standard § 13.2.5, simplified). */
export type HtmlMode =
  | 'text'
  | 'tag-open' // after `<`, in the name
  | 'tag' // between attributes
  | 'attribute-name'
  | 'before-value' // after `=`
  | 'double-quoted'
  | 'single-quoted'
  | 'unquoted'
  | 'declaration' // <!doctype …> and <?…>
  | 'comment'

export interface HtmlState {
  readonly mode: HtmlMode
  /** Lower-case name of the tag that is open or being read, `/` before the name of a closing one. */
  readonly tag: string
  /** Lower-case name of the attribute that is being read. */
  readonly attribute: string
  /** What of the attribute's value, or of the comment, was read so far. */
  readonly value: string
  /** `style` or `script` while in its contents, else ''. */
  readonly code: string
}

export const START: HtmlState = { mode: 'text', tag: '', attribute: '', value: '', code: '' }

/** What a character completed. */
export type HtmlEvent =
  | { readonly kind: 'element'; readonly tag: string }
  | { readonly kind: 'attribute'; readonly tag: string; readonly attribute: string; readonly value: string }

export interface HtmlStep {
  readonly state: HtmlState
  readonly event: HtmlEvent | null
}

/** The state after one more character, and the tag or attribute that it completed. */
export function step(state: HtmlState, char: string): HtmlStep {
  return STEPS[state.mode](state, char)
}

const SPACE = /\s/

const STEPS: Readonly<Record<HtmlMode, (state: HtmlState, char: string) => HtmlStep>> = {
  text: (state, char) => (char === '<' ? to({ ...state, mode: 'tag-open', tag: '', value: '' }) : to(state)),
  'tag-open': tagOpen,
  tag: (state, char) => {
    if (char === '>') return to(afterTag(state))
    if (SPACE.test(char) || char === '/') return to(state)
    return to({ ...state, mode: 'attribute-name', attribute: char.toLowerCase(), value: '' })
  },
  'attribute-name': (state, char) => {
    if (char === '=') return to({ ...state, mode: 'before-value' })
    if (char === '>') return to(afterTag(state), completed(state))
    if (SPACE.test(char) || char === '/') return to({ ...state, mode: 'tag' }, completed(state))
    return to({ ...state, attribute: state.attribute + char.toLowerCase() })
  },
  'before-value': (state, char) => {
    if (char === '"') return to({ ...state, mode: 'double-quoted' })
    if (char === "'") return to({ ...state, mode: 'single-quoted' })
    if (char === '>') return to(afterTag(state))
    return SPACE.test(char) ? to(state) : to({ ...state, mode: 'unquoted', value: char })
  },
  'double-quoted': (state, char) => quoted(state, char, '"'),
  'single-quoted': (state, char) => quoted(state, char, "'"),
  unquoted: (state, char) => {
    if (char === '>') return to(afterTag(state), completed(state))
    return SPACE.test(char) ? to({ ...state, mode: 'tag' }, completed(state)) : to(append(state, char))
  },
  declaration: (state, char) => to(char === '>' ? { ...START } : state),
  comment: (state, char) => to(`${state.value}${char}`.endsWith('-->') ? { ...START } : append(state, char)),
}

function tagOpen(state: HtmlState, char: string): HtmlStep {
  const tag = state.tag + char.toLowerCase()
  // Inside a style only its own end tag counts.
  if (state.code !== '' && !`/${state.code}`.startsWith(tag.replace(/[\s/>]$/, '')))
    return to({ ...START, code: state.code })
  if (/^[!?]/.test(tag)) return declaration(state, tag)
  if (state.tag === '' && !/[a-z/]/.test(tag)) return to({ ...state, mode: 'text' })
  if (char === '>') return to(afterTag(state), { kind: 'element', tag: state.tag })
  if (SPACE.test(char) || (char === '/' && state.tag !== '')) {
    return to({ ...state, mode: 'tag' }, { kind: 'element', tag: state.tag })
  }
  return to({ ...state, tag })
}

/** `<!--` begins a comment, any other `<!` or `<?` ends at the next `>`. */
function declaration(state: HtmlState, tag: string): HtmlStep {
  if (tag === '!--') return to({ ...state, mode: 'comment', value: '' })
  if (tag.endsWith('>')) return to({ ...START })
  return to('!--'.startsWith(tag) ? { ...state, tag } : { ...state, mode: 'declaration' })
}

function quoted(state: HtmlState, char: string, quote: string): HtmlStep {
  return char === quote ? to({ ...state, mode: 'tag' }, completed(state)) : to(append(state, char))
}

function afterTag(state: HtmlState): HtmlState {
  return { ...START, code: state.tag === 'style' || state.tag === 'script' ? state.tag : '' }
}

function append(state: HtmlState, char: string): HtmlState {
  return { ...state, value: state.value + char }
}

function completed(state: HtmlState): HtmlEvent {
  return { kind: 'attribute', tag: state.tag, attribute: state.attribute, value: state.value }
}

function to(state: HtmlState, event: HtmlEvent | null = null): HtmlStep {
  return { state, event }
}

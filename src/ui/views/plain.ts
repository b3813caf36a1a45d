/** C0, C1, bidirectional and line-separator controls: in a name or a server's reply they could repaint the terminal or fake a line. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g

/** Foreign text made fit for one line of a terminal. */
export function stripControls(text: string): string {
  return text.replace(CONTROLS, ' ').slice(0, 500)
}

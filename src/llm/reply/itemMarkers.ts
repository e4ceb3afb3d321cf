/** What stands before a text in a list: its number, if it has one, and where the text begins. */
interface Marker {
  readonly number: number | undefined;
  readonly end: number;
}

const bold = String.raw`(?:\*\*|__)`;
const kinds = 'text|sentence|example|sample|output|note|item|entry|answer|passage|snippet|abstract|report';
const blank = String.raw`(?:\s+|$)`;

/** "1.", "(2)", "[3]", "**4.**", "**5**.", "#6:". */
const counted = new RegExp(
  String.raw`^(?:${bold}?[([#]?(\d{1,3})[.):\]]{1,2}${bold}?:?|${bold}#?(\d{1,3})${bold}[.):]?|#(\d{1,3}))${blank}`,
);
/** "Text 1:", "### Sentence 2", "**Example 3 (a clinic letter):**", "Note 4 -". */
const worded = new RegExp(
  String.raw`^(?:${bold}|#{1,6} {0,3}|[([])?(?:(?:tagged|annotated) )?(?:${kinds}) {0,2}#?(\d{1,3})(?: ?\([^()\n]{1,60}\))?` +
    String.raw`(?:[)\]]?${bold}? ?[:.)\u2013\u2014-]${bold}?|[)\]]|${bold}|(?=\n|$))${blank}`,
  'i',
);
const headed = new RegExp(String.raw`^#{1,6} {0,3}(?:${kinds}) {0,2}#?(\d{1,3})[^\n]{0,60}(?:\n|$)\s*`, 'i');
const bullet =
  /^(?:\(?[a-zA-Z]\)|[-*+\u2022\u2023\u25E6\u25AA\u25CF\u25CB\u25A0\u2013\u2014\u00B7])(?:\s+|$)/;

/** The marker at the beginning of a text or of a line without its indentation; undefined if there is none. */
export function markerOf(text: string): Marker | undefined {
  const [whole, ...numbers] = counted.exec(text) ?? headed.exec(text) ?? worded.exec(text) ?? [];
  if (whole !== undefined)
    return { number: Number(numbers.find((one) => one !== undefined)), end: whole.length };
  const end = bullet.exec(text)?.[0].length;
  return end === undefined ? undefined : { number: undefined, end };
}

/** The text without a marker that names it as a text of a reply ("Text 1:"), which no text of its own begins with. */
export function withoutName(text: string): string {
  const whole = worded.exec(text)?.[0] ?? '';
  const isOwn = /^\W{0,6}(?:note|report|abstract)/i.test(whole) || whole.length === text.length;
  return isOwn ? text : text.slice(whole.length);
}

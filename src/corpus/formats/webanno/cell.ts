/** One annotation in a cell. */
interface CellItem {
  /** The value of the feature; undefined for `*`, an annotation without one. */
  readonly value: string | undefined;
  /** The number that marks the same annotation in other cells (`[3]`, in relations `[3_1]`); undefined if it has none. */
  readonly number: string | undefined;
}

/** The annotations of a cell of a WebAnno TSV file: `_`, `*`, `Disease[1]`, or stacked ones, `Disease[1]|Symptom[2]`. */
export function parseCell(cell: string): readonly CellItem[] {
  if (cell === '_' || cell === '') return [];
  return splitUnescaped(cell).map((item) => {
    const [suffix, number] = /\[(\d+(?:_\d+)?)\]$/u.exec(item) ?? [];
    const value =
      suffix === undefined || item.at(-suffix.length - 1) === '\\' ? item : item.slice(0, -suffix.length);
    return {
      value: value === '*' ? undefined : unescapeText(value),
      number: value === item ? undefined : number,
    };
  });
}

function splitUnescaped(cell: string): readonly string[] {
  const items: string[] = [];
  let start = 0;
  for (let index = 0; index < cell.length; index++) {
    if (cell.charAt(index) === '\\') index++;
    else if (cell.charAt(index) === '|') {
      items.push(cell.slice(start, index));
      start = index + 1;
    }
  }
  return [...items, cell.slice(start)];
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/** Removes the backslashes of INCEpTION's escapes; `\t` and `\n` are a tab and a line end. */
export function unescapeText(text: string): string {
  return text.replaceAll(/\\(.)/gsu, (_, character: string) => escapes[character] ?? character);
}

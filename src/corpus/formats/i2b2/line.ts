/** A place in a text: lines count from 1, tokens of a line from 0; the last token belongs to the mention. */
export interface TokenPlace {
  readonly first: { readonly line: number; readonly token: number };
  readonly last: { readonly line: number; readonly token: number };
}

/** A part of an annotation line: `c="heart failure" 3:4 3:5` with a place, or `t="problem"` without one. */
export interface Field {
  readonly key: string;
  readonly value: string;
  readonly place: TokenPlace | undefined;
}

const field = /^(\w{1,40})="(.*)"(?: (\d{1,9}):(\d{1,9}) (\d{1,9}):(\d{1,9}))?\s*$/u;

/** The fields of a line; undefined if it is not one of i2b2's. Only the first place of a field in several parts counts. */
export function parseFields(line: string): readonly Field[] | undefined {
  const fields: Field[] = [];
  for (const part of line.split(/\|\|(?=\w{1,40}=")/u)) {
    const [match, key = '', value = '', ...numbers] = field.exec(part) ?? [];
    if (match === undefined) return undefined;
    const [firstLine, firstToken, lastLine, lastToken] = numbers.map(Number);
    const place =
      numbers[0] === undefined
        ? undefined
        : {
            first: { line: firstLine ?? 0, token: firstToken ?? 0 },
            last: { line: lastLine ?? 0, token: lastToken ?? 0 },
          };
    fields.push({ key, value, place });
  }
  return fields;
}

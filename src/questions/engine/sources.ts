/** A file whose texts are asked about, and how many of the questions are about it; in the order of the questions. */
export interface Source {
  readonly file: string;
  readonly questions: number;
}

/** What a place is called: `notes/a.txt, sentence 3`. */
export function placeIn(sources: readonly Source[], number: number, unit: string): string | undefined {
  let first = 0;
  for (const { file, questions } of sources) {
    if (number < first + questions) return `${file}, ${unit} ${number - first + 1}`;
    first += questions;
  }
  return undefined;
}

/** A digest of each file's questions. */
export function digestOfFiles<Q>(
  sources: readonly Source[],
  questions: readonly Q[],
  digest: (value: readonly Q[]) => string,
): Readonly<Record<string, string>> {
  let first = 0;
  return Object.fromEntries(
    sources.map(({ file, questions: count }) => {
      first += count;
      return [file, digest(questions.slice(first - count, first))];
    }),
  );
}

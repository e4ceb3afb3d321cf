import { UserError } from '../foundation/userError.ts';

/** What files with these extensions hold. They are not notes, so they are never read as plain text. */
const byExtension: Readonly<Record<string, string>> = {
  '.json': 'JSON',
  '.xml': 'XML',
  '.xmi': 'XML of UIMA',
  '.html': 'a web page',
  '.htm': 'a web page',
  '.csv': 'a table',
  '.rtf': 'rich text',
  '.yaml': 'YAML',
  '.yml': 'YAML',
  '.a1': 'brat annotations in two files',
  '.a2': 'brat annotations in two files',
  '.con': 'annotations',
  '.ast': 'annotations',
  '.rel': 'annotations',
};

/** What a content begins with that is not a note. */
const beginnings: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^<!doctype html|^<html[\s>]/iu, 'a web page'],
  [/^<\?xml\s|^<[a-z][\w.:-]{0,80}(?:\s[^<>]{0,2000})?>\s*</iu, 'XML'],
  [/^\{\\rtf/u, 'rich text'],
  [/^%PDF-/u, 'a PDF'],
  [/^T\d{1,9}\t\S{1,200} \d{1,15} \d{1,15}/u, 'brat annotations'],
  [/^c="[^"\n]{0,500}" \d{1,9}:\d{1,9} \d{1,9}:\d{1,9}\|\|/u, 'i2b2 annotations'],
];

/** Whether a file can be neither plain text nor anything else that Chartmark reads. */
export function isUnknown(extension: string, head: string): boolean {
  return contentOf(extension, head) !== undefined;
}

/** Refuses such a file by name. */
export function unknownForm(file: string, extension: string, head: string): UserError {
  const content = contentOf(extension, head) ?? 'of an unknown kind';
  return new UserError(`This file is ${content}, in a form that Chartmark does not read.`, {
    place: { file },
    nextStep: adviceFor(content),
  });
}

function contentOf(extension: string, head: string): string | undefined {
  const start = head
    .slice(0, 4000)
    .replace(/^\uFEFF/u, '')
    .trimStart();
  const begun = beginnings.find(([pattern]) => pattern.test(start));
  if (begun !== undefined) return begun[1];
  return Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
}

function adviceFor(content: string): string {
  if (content === 'brat annotations') return 'Name it .ann, and put its text beside it as .txt.';
  if (content === 'brat annotations in two files')
    return 'Join the .a1 and .a2 files of a text as one .ann file.';
  if (content === 'i2b2 annotations') return 'Name it .con, and put its text beside it as .txt.';
  return 'Save the texts as plain text, or the annotations in one of the formats in docs/formats.md.';
}

import { docstartLines, documentToBio } from './bio/document.ts';
import { formatBrat } from './brat/write.ts';
import type { Document } from './document.ts';
import { formatJsonl } from './jsonl.ts';
import type { DroppedSpan } from './spanSelection.ts';

export type WrittenFormat = 'bio' | 'brat' | 'jsonl';

/** A file to write. `name` may contain folders (`/`) but never leads outside the target. */
export interface NamedFile {
  readonly name: string;
  readonly content: string;
}

/**
 * Documents as files. BIO and JSONL put all documents into one file (in BIO, each begins with -DOCSTART- if there are
 * several); brat has a .txt and an .ann file for each. `dropped`: the spans that BIO cannot represent.
 */
export function formatDocuments(
  documents: readonly Document[],
  format: WrittenFormat,
): { readonly files: readonly NamedFile[]; readonly dropped: readonly DroppedSpan[] } {
  const [only] = documents;
  const name = documents.length === 1 && only !== undefined ? fileName(only.id) : 'documents';
  if (format === 'jsonl')
    return { files: [{ name: `${name}.jsonl`, content: formatJsonl(documents) }], dropped: [] };
  if (format === 'brat') return { files: bratFiles(documents), dropped: [] };
  const written = documents.map(documentToBio);
  const header = documents.length > 1 ? docstartLines : '';
  const content = written.map(({ text }) => `${header}${text}`).join('');
  return { files: [{ name: `${name}.bio`, content }], dropped: written.flatMap(({ dropped }) => dropped) };
}

function bratFiles(documents: readonly Document[]): NamedFile[] {
  const taken = new Set<string>();
  return documents.flatMap((document) => {
    const name = freeName(fileName(document.id), taken);
    const mark = document.standoff?.shift === 1 ? '\uFEFF' : '';
    return [
      { name: `${name}.txt`, content: `${mark}${document.text}` },
      { name: `${name}.ann`, content: formatBrat(document) },
    ];
  });
}

/** Turns an ID into a path below the target folder that every file system accepts. */
function fileName(id: string): string {
  const parts = id.replaceAll(/[\\:*?"<>|\p{Cc}]/gu, '_').split('/');
  const named = parts.filter((part) => part !== '' && part !== '.' && part !== '..');
  return named.length === 0 ? 'document' : named.join('/');
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}-${number}`;
  taken.add(free.toLowerCase());
  return free;
}

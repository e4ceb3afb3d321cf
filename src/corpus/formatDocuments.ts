import { docstartLines, documentToBio } from './bio/document.ts';
import { formatBrat } from './brat/write.ts';
import type { Document } from './document.ts';
import { formatCsv } from './formats/csv/write.ts';
import { formatHuggingFace } from './formats/jsonTools/writeHuggingFace.ts';
import { formatSpacy } from './formats/jsonTools/writeSpacy.ts';
import { type Loss, sumLosses, type WrittenFile } from './formats/losses.ts';
import { formatPubtator } from './formats/pubtator/write.ts';
import { formatJsonl } from './jsonl.ts';
import { bratLosses, relationLosses, scoreLosses } from './losses.ts';
import type { DroppedSpan } from './spanSelection.ts';

/** The formats that Chartmark writes; the first three are its own. */
export const writtenFormats = ['bio', 'brat', 'jsonl', 'pubtator', 'csv', 'huggingface', 'spacy'] as const;
export type WrittenFormat = (typeof writtenFormats)[number];

/** A file to write. `name` may contain folders (`/`) but never leads outside the target. */
export interface NamedFile {
  readonly name: string;
  readonly content: string;
}

interface Written {
  readonly files: readonly NamedFile[];
  /** The spans that the format cannot represent. */
  readonly dropped: readonly DroppedSpan[];
  /** What else it cannot represent. */
  readonly losses: readonly Loss[];
}

/** The extension of the one file of a format. */
const extensions: Readonly<Record<Exclude<WrittenFormat, 'brat'>, string>> = {
  bio: '.bio',
  jsonl: '.jsonl',
  pubtator: '.pubtator',
  csv: '.csv',
  huggingface: '.jsonl',
  spacy: '.jsonl',
};

/**
 * Documents as files. brat has a .txt and an .ann file for each; all other formats put all documents into one file (in BIO,
 * each begins with -DOCSTART- if there are several).
 */
export function formatDocuments(documents: readonly Document[], format: WrittenFormat): Written {
  const besides = format === 'jsonl' ? [] : scoreLosses(documents);
  if (format === 'brat') return { files: bratFiles(documents), dropped: [], losses: sumLosses(besides) };
  const [only] = documents;
  const name = documents.length === 1 && only !== undefined ? fileName(only.id) : 'documents';
  const { content, dropped, losses } = formatters[format](documents);
  const ofBrat = format === 'jsonl' ? [] : bratLosses(documents);
  return {
    files: [{ name: `${name}${extensions[format]}`, content }],
    dropped,
    losses: sumLosses([...losses, ...ofBrat, ...besides]),
  };
}

const formatters: Readonly<
  Record<Exclude<WrittenFormat, 'brat'>, (documents: readonly Document[]) => WrittenFile>
> = {
  bio: formatBioFile,
  jsonl: (documents) => ({ content: formatJsonl(documents), dropped: [], losses: [] }),
  pubtator: formatPubtator,
  csv: formatCsv,
  huggingface: formatHuggingFace,
  spacy: formatSpacy,
};

function formatBioFile(documents: readonly Document[]): WrittenFile {
  const written = documents.map(documentToBio);
  const header = documents.length > 1 ? docstartLines : '';
  return {
    content: written.map(({ text }) => `${header}${text}`).join(''),
    dropped: written.flatMap(({ dropped }) => dropped),
    losses: relationLosses(documents),
  };
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

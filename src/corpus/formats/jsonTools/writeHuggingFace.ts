import { documentToBio } from '../../bio/document.ts';
import type { Document } from '../../document.ts';
import { sumLosses, type WrittenFile } from '../losses.ts';

/**
 * Writes JSON lines as the data sets of Hugging Face have them, one for each sentence: `{"id", "document_id", "tokens",
 * "ner_tags"}` with tags in IOB2. Lost are the white space of the text, relations, attributes, and mentions that tags
 * cannot hold.
 */
export function formatHuggingFace(documents: readonly Document[]): WrittenFile {
  const written = documents.map((document) => {
    const { text, dropped } = documentToBio(document);
    const losses = [
      { what: 'relation', count: document.relations.length },
      { what: 'attribute', count: document.attributes.length },
    ];
    return { content: linesOf(document.id, text), dropped, losses };
  });
  return {
    content: written.map(({ content }) => content).join(''),
    dropped: written.flatMap(({ dropped }) => dropped),
    losses: sumLosses(written.flatMap(({ losses }) => losses)),
  };
}

/** The sentences of a BIO text as records; a document without a token has one record without tokens. */
function linesOf(document: string, bio: string): string {
  const sentences = bio
    .split('\n\n')
    .map((sentence) => sentence.split('\n').filter((line) => line !== ''))
    .filter((lines) => lines.length > 0 && lines.join('\n') !== '-DOCSTART-\tO');
  const filled = sentences.length === 0 ? [[]] : sentences;
  return filled
    .map((lines, index) => {
      const pairs = lines.map((line) => line.split('\t'));
      const record = {
        id: `${document}-${index + 1}`,
        document_id: document,
        tokens: pairs.map(([token = '']) => token),
        ner_tags: pairs.map(([, tag = 'O']) => tag),
      };
      return `${JSON.stringify(record)}\n`;
    })
    .join('');
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bioToDocuments } from '../../../src/corpus/bio/document.ts';
import { parseBio } from '../../../src/corpus/bio/file.ts';
import { parseBrat } from '../../../src/corpus/brat/read.ts';
import { formatBrat } from '../../../src/corpus/brat/write.ts';
import { checkText } from '../../../src/corpus/check/checkText.ts';
import { formatDocuments, writtenFormats } from '../../../src/corpus/formatDocuments.ts';
import { parseJsonl } from '../../../src/corpus/jsonl.ts';
import { parseRelationRows } from '../../../src/corpus/relationRows.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import { readReply } from '../../../src/generation/judge/readTexts.ts';
import { readResultLine } from '../../../src/llm/batch/resultLine.ts';
import { parseReply } from '../../../src/llm/reply/parseReply.ts';
import { change, mutated } from '../mutate.ts';

/** How many mutated inputs each reader gets: few in every test run, 20,000 and more with CHARTMARK_FUZZ=3000. */
const runs = Number(process.env['CHARTMARK_FUZZ'] ?? 150);

/** Most time of the processor for one input, in milliseconds. */
const longest = 2000;

const note = '\u{1F48A} Gout\r\nafter aspirin and renal\nfailure.\n';
const annotations = [
  'T1\tDisease 2 6\tGout',
  'T2\tChemical 13 20\taspirin',
  'T3\tDisease 25 30;31 38\trenal failure',
  'E1\tDisease:T1 Cause:T2',
  'R1\tcauses Arg2:T1 Arg1:T2',
  'A1\tNegated T1',
  '#1\tNote T1\tcheck',
  '*\tSame T1 T3',
  '',
].join('\n');

const reply = [
  '<think>First a draft: {"texts": []}</think>```json',
  '{"texts": [{"text": "<Disease>Gout</Disease> after aspirin."}, "No **flu** &lt;now&gt;.",',
  '{"text": "Known gout.", "entities": [{"text": "gout", "label": "Disease"}]}]} // done',
  '```',
].join('\n');

const spec: Parameters<typeof readReply>[1] = {
  task: 'ner',
  style: { name: 'note', description: '' },
  language: 'English',
  texts: 5,
  entityFree: 2,
  labels: ['Disease', 'Chemical'],
  topics: [{ type: 'Disease', name: 'gout' }],
};

interface Reader {
  readonly source: string;
  readonly read: (source: string) => void;
}

const readers: Readonly<Record<string, Reader>> = {
  'BIO files': {
    source:
      '-DOCSTART-\tO\n\n1\tGout\tNN\tB-Disease\r\n2\tnow\tRB\tO\n\n# a\n1\tflu\tNN\tS-Disease\n2\t.\t.\tO\n',
    read: (source) => {
      checkText(source, 'a.bio', { labels: ['Disease'] });
      const documents = bioToDocuments(parseBio(source), 'a');
      for (const format of writtenFormats) formatDocuments(documents, format);
    },
  },
  'brat annotations': {
    source: annotations,
    read: (source) => {
      checkText(source, 'a.ann', { text: note });
      checkText(source, 'a.ann');
      const document = parseBrat(note, source, 'a');
      const again = parseBrat(note, formatBrat(document), 'a');
      expect(again.spans).toEqual(document.spans);
      expect(again.relations).toEqual(document.relations);
      for (const format of writtenFormats) formatDocuments([document], format);
    },
  },
  'texts under brat annotations': {
    source: note,
    read: (source) => {
      const document = parseBrat(source, annotations, 'a');
      expect(parseBrat(source, formatBrat(document), 'a').spans).toEqual(document.spans);
    },
  },
  'JSON lines': {
    source: [
      '{"id":"a","text":"\u{1F48A} Gout","spans":[{"start":2,"end":6,"label":"Disease","text":"Gout"}],"relations":[]}',
      '{"text":"Gout","_input_hash":1,"spans":[{"token_start":0,"token_end":0,"label":"D"}],"tokens":[{"start":0,"end":4}]}',
      '{"text":"<Disease>Gout</Disease> now","label":1}',
      '',
    ].join('\n'),
    read: (source) => {
      checkText(source, 'a.jsonl', { labels: ['Disease'] });
      const documents = parseJsonl(source);
      for (const format of writtenFormats) formatDocuments(documents, format);
    },
  },
  'relation rows': {
    source: 'sentence\tlabel\n@GENE$ causes @DISEASE$.\t1\n@GENE$ and @DISEASE$.\t0\t0.5\n',
    read: (source) => {
      checkText(source, 'a.tsv');
      parseRelationRows(source);
    },
  },
  'replies of a language model': {
    source: reply,
    read: (source) => {
      readReply(parseReply(source, { labels: ['Disease', 'Chemical'] }), spec);
    },
  },
  'results of a batch': {
    source: JSON.stringify({
      custom_id: 'chartmark-1',
      response: {
        status_code: 200,
        body: { choices: [{ message: { content: reply } }], usage: { prompt_tokens: 1 } },
      },
      error: null,
    }),
    read: (source) => {
      readResultLine(source, 'localhost');
    },
  },
};

describe('any change of', () => {
  it.each(Object.entries(readers))(
    '%s is read or refused in a sentence, and soon',
    (_, { source, read }) => {
      read(source);
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
          const begin = process.cpuUsage();
          try {
            read(mutated(source, changes));
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
            expect(error.message).toMatch(/\.$/u);
          }
          expect(process.cpuUsage(begin).user / 1000).toBeLessThan(longest);
        }),
        { numRuns: runs },
      );
    },
    600_000,
  );
});

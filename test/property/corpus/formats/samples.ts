import type { Document } from '../../../../src/corpus/document.ts';
import { looksLikeBiocXml, parseBiocXml } from '../../../../src/corpus/formats/bioc/xml.ts';
import { looksLikeConllu, parseConllu } from '../../../../src/corpus/formats/conllu/read.ts';
import { parseCsv } from '../../../../src/corpus/formats/csv/read.ts';
import { looksLikeCsv } from '../../../../src/corpus/formats/csv/table.ts';
import { looksLikeI2b2, parseI2b2 } from '../../../../src/corpus/formats/i2b2/read.ts';
import { looksLikeJson, parseJson } from '../../../../src/corpus/formats/jsonTools/read.ts';
import { looksLikePubtator, parsePubtator } from '../../../../src/corpus/formats/pubtator/read.ts';
import { looksLikeWebanno, parseWebanno } from '../../../../src/corpus/formats/webanno/read.ts';
import type { ReadContext } from '../../../../src/corpus/readContext.ts';

const context: ReadContext = { file: 'note.x', id: 'note', report: () => undefined };
const json = (source: string): Document[] => parseJson(source, context, { readOwn: () => undefined });

/** A format, its reader, and a small file with each of its parts. */
export interface FormatSample {
  readonly name: string;
  readonly source: string;
  readonly parse: (source: string) => readonly Document[];
  readonly looksLike: (head: string) => boolean;
}

const label = { start: 0, end: 4, text: 'Gout', labels: ['Disease'] };

export const samples: readonly FormatSample[] = [
  {
    name: 'PubTator',
    source:
      '7|t|Gout flare.\n7|a|After iron.\n7\t0\t4\tGout\tDisease\tD1|D3\tGout|flare\n7\t18\t22\tiron\tChemical\tD2\n7\tCID\tD2\tD1\tNo\n',
    parse: (source) => parsePubtator(source, context),
    looksLike: looksLikePubtator,
  },
  {
    name: 'WebAnno TSV',
    source:
      '#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Finding|kind|sure\n#T_RL=webanno.custom.Cause|type|BT_webanno.custom.Finding\n\n\n#Text=Red rash.\n1-1\t0-3\tRed\tSign[1]|A\\|b[2]\t*[1]|*[2]\t_\t_\t\n1-1.1\t1-3\ted\t*\t*\t_\t_\t\n1-2\t4-8\trash\tSign[1]\t*[1]\tx\t1-1[2_1]\t\n',
    parse: (source) => parseWebanno(source, context),
    looksLike: looksLikeWebanno,
  },
  {
    name: 'a table',
    source: 'doc,text,start,end,label,words,cui\n1,"Gout, ""flare""",0,4,Disease,Gout,D1\n2,Fine.,,,,,\n',
    parse: (source) => parseCsv(source, context),
    looksLike: looksLikeCsv,
  },
  {
    name: 'a table with lists',
    source: `text,entities\nGout,"[(0, 4, 'Disease')]"\nRash,"[[0, 4, ""Sign""]]"\n`,
    parse: (source) => parseCsv(source, context),
    looksLike: looksLikeCsv,
  },
  {
    name: 'BioC',
    source:
      '<?xml version="1.0"?><collection><document><id>1</id><passage><infon key="type">title</infon><offset>0</offset><text>Gout &amp; iron</text><annotation id="1"><infon key="type">Disease</infon><location offset="0" length="4"/><text>Gout</text></annotation><annotation id="2"><location offset="7" length="4"/></annotation><relation id="R"><infon key="type">x</infon><node refid="1" role="Arg1"/><node refid="2" role="Arg2"/></relation></passage></document></collection>',
    parse: (source) => parseBiocXml(source, context),
    looksLike: looksLikeBiocXml,
  },
  {
    name: 'i2b2',
    source:
      'c="gout flare" 1:1 1:2||t="problem"||a="absent"\nc="iron" 2:0 2:0||r="TrCP"||c="gout flare" 1:1 1:2\n',
    parse: (source) => {
      const file = { file: 'note.con', source };
      return parseI2b2('No gout flare\niron given', { con: file, ast: file, rel: file }, context);
    },
    looksLike: looksLikeI2b2,
  },
  {
    name: 'CoNLL-U',
    source:
      '# newdoc id = a\n# text = du foie\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\tNE=B-X\n1\tde\t_\t_\t_\t_\t_\t_\t_\t_\n2\tle\t_\tDET\t_\t_\t_\t_\t_\t_\n3\tfoie\t_\t_\t_\t_\t_\t_\t_\tNE=I-X|SpaceAfter=No\n\n1\tAnn\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-person)\n',
    parse: (source) => parseConllu(source, context),
    looksLike: looksLikeConllu,
  },
  ...Object.entries({
    'Label Studio': [
      {
        id: 1,
        data: { text: 'Gout 😀 flare' },
        annotations: [
          {
            was_cancelled: false,
            result: [
              { id: 'a', type: 'labels', from_name: 'l', value: label },
              { type: 'relation', from_id: 'a', to_id: 'a', direction: 'bi', labels: ['x'] },
              { id: 'c', type: 'choices', from_name: 'k', value: { choices: ['y'] } },
            ],
          },
        ],
      },
      { text: 'Gout', label: [label], annotator: 1 },
    ],
    doccano: [{ id: 1, text: 'Gout', annotations: [{ label: 7, start_offset: 0, end_offset: 4 }] }],
    spaCy: [
      ['Gout', { entities: [[0, 4, 'Disease']] }],
      {
        text: 'Gout',
        ents: [{ start: 0, end: 4, label: 'D' }],
        spans: { sc: [] },
        tokens: [{ start: 0, end: 4 }],
      },
      { id: 1, paragraphs: [{ raw: 'Gout', sentences: [{ tokens: [{ orth: 'Gout', ner: 'U-D' }] }] }] },
    ],
    'Hugging Face': [
      { document_id: 'd', tokens: ['Gout', 'flare'], ner_tags: ['B-D', 'I-D'] },
      { tokens: ['Gout'], ner_tags: [1], names: ['O', 'B-D'] },
      { tokenized_text: ['Gout', 'flare'], ner: [[0, 1, 'D']] },
    ],
    'BioC JSON': {
      documents: [
        {
          id: '1',
          passages: [
            {
              offset: 0,
              text: 'Gout',
              annotations: [
                { id: '1', infons: { type: 'D' }, text: 'Gout', locations: [{ offset: 0, length: 4 }] },
              ],
              relations: [{ infons: {}, nodes: [{ refid: '1', role: 'a' }] }],
            },
          ],
        },
      ],
    },
  }).map(([name, records]) => ({
    name,
    source: JSON.stringify(records),
    parse: json,
    looksLike: looksLikeJson,
  })),
];

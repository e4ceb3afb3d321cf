import { describe, expect, it } from 'vitest';
import { looksLikeWebanno, parseWebanno } from '../../../../src/corpus/formats/webanno/read.ts';
import { failure } from '../failure.ts';
import { ordinary } from './ordinary.ts';
import { attributesOf, mentionsOf, reading, relationsOf } from './reading.ts';

function file(layers: readonly string[], ...lines: readonly string[]): string {
  return `#FORMAT=WebAnno TSV 3.3\n${layers.join('\n')}\n\n\n${lines.join('\n')}\n`;
}

const entity = '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value';
const finding = '#T_SP=webanno.custom.Finding|certain|kind';

function readOne(source: string): {
  readonly document: ReturnType<typeof parseWebanno>[number];
  readonly reports: ReturnType<typeof reading>['reports'];
} {
  const context = reading();
  const [document] = parseWebanno(source, context);
  if (document === undefined) throw new Error('no document');
  return { document, reports: context.reports };
}

describe('WebAnno TSV', () => {
  it('is recognised by its first line', () => {
    expect(looksLikeWebanno(`\uFEFF${file([entity])}`)).toBe(true);
  });

  it.each(Object.entries(ordinary))('is not %s', (_, text) => {
    expect(looksLikeWebanno(text)).toBe(false);
  });

  it('gives mentions over several tokens, with sentences, tokens and concepts', () => {
    const { document, reports } = readOne(
      file(
        [entity],
        '#Text=Has small cell carcinoma.',
        '1-1\t0-3\tHas\t_\t_\t',
        '1-2\t4-9\tsmall\thttp://x.org/C1[1]\tDisease[1]\t',
        '1-3\t10-14\tcell\thttp://x.org/C1[1]\tDisease[1]\t',
        '1-4\t15-24\tcarcinoma\thttp://x.org/C1[1]\tDisease[1]\t',
        '1-5\t24-25\t.\t_\t_\t',
        '',
        '#Text=No rash',
        '2-1\t27-29\tNo\t_\t_\t',
        '2-2\t30-34\trash\t*\tSymptom\t',
      ),
    );
    expect(document.text).toBe('Has small cell carcinoma.\n\nNo rash');
    expect(mentionsOf(document)).toEqual(['small cell carcinoma:Disease', 'rash:Symptom']);
    expect(attributesOf(document)).toEqual(['small cell carcinoma concept=http://x.org/C1']);
    expect(document.sentences).toEqual([
      { start: 0, end: 25 },
      { start: 27, end: 34 },
    ]);
    expect(document.tokens).toHaveLength(7);
    expect(reports).toEqual([]);
  });

  it('gives stacked annotations, parts of tokens and other features', () => {
    const { document } = readOne(
      file(
        [finding],
        '#Text=postoperative fever',
        '1-1\t0-13\tpostoperative\t_\t_\t',
        '1-1.1\t4-13\toperative\ttrue\tProcedure\t',
        '1-2\t14-19\tfever\t*[1]|false[2]\tSymptom[1]|Side effect\\|x[2]\t',
      ),
    );
    expect(mentionsOf(document)).toEqual(['operative:Procedure', 'fever:Symptom', 'fever:Side effect|x']);
    expect(attributesOf(document)).toEqual(['operative certain=true', 'fever certain=false']);
  });

  it('gives relations, whose row is that of their target', () => {
    const { document } = readOne(
      file(
        [finding, '#T_RL=webanno.custom.Cause|type|BT_webanno.custom.Finding'],
        '#Text=gout hurts toe joint',
        '1-1\t0-4\tgout\t*\tDisease\t_\t_\t',
        '1-2\t5-10\thurts\t_\t_\t_\t_\t',
        '1-3\t11-14\ttoe\t*[1]|*[2]\tJoint[1]|Part[2]\tharms\t1-1[0_1]\t',
        '1-4\t15-20\tjoint\t*[1]\tJoint[1]\t_\t_\t',
      ),
    );
    expect(mentionsOf(document)).toEqual(['gout:Disease', 'toe joint:Joint', 'toe:Part']);
    expect(relationsOf(document)).toEqual(['gout>toe joint:harms']);
  });

  it('labels annotations without a value by their layer', () => {
    const { document } = readOne(file(['#T_SP=webanno.custom.Drug'], '#Text=iron', '1-1\t0-4\tiron\t*\t'));
    expect(mentionsOf(document)).toEqual(['iron:Drug']);
  });

  it('takes labels for labels, and remarks for attributes', () => {
    const { document } = readOne(
      file(
        ['#T_SP=webanno.custom.Drug|dose|remark|type'],
        '#Text=iron zinc',
        '1-1\t0-4\tiron\t5\tsee below\tMineral\t',
        '1-2\t5-9\tzinc\t6\tunclear\tMineral\t',
      ),
    );
    expect(mentionsOf(document)).toEqual(['iron:Mineral', 'zinc:Mineral']);
    expect(attributesOf(document)).toContain('iron remark=see below');
  });

  it('reports the layers that it leaves out, once each', () => {
    const { document, reports } = readOne(
      file(
        [
          '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue',
          entity,
          '#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation',
        ],
        '#Text=It hurts',
        '1-1\t0-2\tIt\tPRP\t_\t_\tx[1]\t*->1-1\t',
        '1-2\t3-8\thurts\tVBZ\t*\tSymptom\t_\t_\t',
      ),
    );
    expect(mentionsOf(document)).toEqual(['hurts:Symptom']);
    expect(reports).toEqual([
      { line: 8, code: 'left-out', message: 'Left out: 2 annotations of the layer POS.' },
      { line: 8, code: 'left-out', message: 'Left out: 1 annotation of the layer CoreferenceLink.' },
    ]);
  });

  it('keeps the offsets of characters with two UTF-16 units', () => {
    const { document, reports } = readOne(
      file([finding], '#Text=😀 gout', '1-1\t0-2\t😀\t_\t_\t', '1-2\t3-7\tgout\t*\tDisease\t'),
    );
    expect(mentionsOf(document)).toEqual(['gout:Disease']);
    expect(reports).toEqual([]);
  });

  it('finds tokens whose offsets count code points', () => {
    const { document, reports } = readOne(
      file([finding], '#Text=😀 gout', '1-1\t0-1\t😀\t_\t_\t', '1-2\t2-6\tgout\t*\tDisease\t'),
    );
    expect(mentionsOf(document)).toEqual(['gout:Disease']);
    expect(reports).toMatchObject([{ code: 'moved', line: 6 }]);
  });

  it('joins the lines of a sentence', () => {
    const { document } = readOne(
      file([finding], '#Text=no', '#Text=gout', '1-1\t0-2\tno\t_\t_\t', '1-2\t3-7\tgout\t*\tDisease\t'),
    );
    expect(document.text).toBe('no\ngout');
    expect(mentionsOf(document)).toEqual(['gout:Disease']);
  });

  it.each([
    ['another version', '#FORMAT=WebAnno TSV 2\n', 1],
    ['a line without offsets', file([finding], '#Text=x', '1-1\tx\t_\t_\t'), 6],
    ['a token that is not in the sentence', file([finding], '#Text=x', '1-1\t0-1\ty\t_\t_\t'), 6],
  ])('refuses %s, with the line', (_, text, line) => {
    expect(failure(() => parseWebanno(text, reading())).place).toEqual({ file: 'note.x', line });
  });
});

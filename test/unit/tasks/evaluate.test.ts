import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import { evaluatePredictions } from '../../../src/tasks/evaluate.ts';
import { predictorCandidates, reportName } from '../../../src/tasks/evaluationChoices.ts';
import { findError } from '../../../src/tasks/findError.ts';
import { readReport, reportFiles, writeReport } from '../../../src/tasks/reports.ts';
import { makeProject, trainedModel } from './projectFolder.ts';

const gold = 'Gout\tB-Disease\nand\tO\naspirin\tB-Chemical\n';
const rows = '@GENE$ causes @DISEASE$ often.\t1\n@GENE$ and @DISEASE$ here.\t0\n';

let place: Awaited<ReturnType<typeof makeProject>>;
beforeEach(async () => {
  place = await makeProject({
    'gold.bio': gold,
    'pred.bio': gold.replace('B-Chemical', 'O'),
    'rows.tsv': rows,
    ...trainedModel('local', 'ner'),
    ...trainedModel('newer', 'ner'),
    ...trainedModel('pairs', 're'),
  });
});
afterEach(() => rm(place.folder, { recursive: true }));

/** A model that finds a mention of each type that it knows in the first word. */
function worker(...labels: readonly string[]) {
  const annotate = async ({ documents }: { readonly documents: readonly Document[] }) =>
    documents.map((document) => ({
      ...document,
      spans: labels.map((label, i) => ({
        id: `T${i + 1}`,
        start: 0,
        end: 4,
        label,
        source: 'model' as const,
      })),
    }));
  const unused = () => Promise.reject(new Error('not to be called'));
  return { annotate, relate: unused, classify: unused };
}

type Input = Parameters<typeof evaluatePredictions>[0];
type Hooks = Parameters<typeof evaluatePredictions>[1];

function evaluate(input: Partial<Input> = {}, hooks: Partial<Hooks> = {}) {
  return evaluatePredictions(
    {
      task: 'ner',
      gold: [place.at('gold.bio')],
      predictor: { kind: 'files', files: [place.at('pred.bio')] },
      projectFolder: place.folder,
      title: 'Scores',
      created: '2026-11-24T00:00:00Z',
      shownPath: (file) => path.relative(place.folder, file),
      ...input,
    },
    { worker: worker(), signal: new AbortController().signal, ...hooks },
  );
}

describe('scoring', () => {
  test('of a file names its sources as the caller does', async () => {
    const report = await evaluate();
    expect(report).toMatchObject({ title: 'Scores', micro: { precision: 1, recall: 0.5 } });
    expect(report.sources).toEqual({ gold: ['gold.bio'], predicted: ['pred.bio'] });
  });

  test('of a model runs it on the gold texts', async () => {
    const predictor = { kind: 'model', folder: place.at('models', 'local') } as const;
    const report = await evaluate({ predictor }, { worker: worker('Disease') });
    expect(report.counts).toMatchObject({ correct: 1, missed: 1, spurious: 0 });
    expect(report.sources.predicted).toEqual(['models/local']);
  });

  test('asks which labels count if some are predicted that the gold texts never have', async () => {
    const predictor = { kind: 'model', folder: place.at('models', 'local') } as const;
    const asked: unknown[] = [];
    const chooseLabels = async (inGold: readonly string[], extra: readonly string[]) => {
      asked.push([inGold, extra]);
      return inGold;
    };
    const report = await evaluate({ predictor }, { worker: worker('Gene'), chooseLabels });
    expect(asked).toEqual([[['Chemical', 'Disease'], ['Gene']]]);
    expect(report.counts.spurious).toBe(0);
    const all = await evaluate({ predictor }, { worker: worker('Gene') });
    expect(all.counts.type).toBe(1);
    await evaluate({ predictor, labels: ['Gene'] }, { worker: worker('Gene'), chooseLabels });
    await evaluate({}, { chooseLabels });
    expect(asked).toHaveLength(1);
  });

  test('compares with a second set of predictions', async () => {
    const report = await evaluate({ compare: [place.at('gold.bio')] });
    expect(report.comparison?.difference).toBeCloseTo(1 / 3);
  });

  test('of relations reads rows and documents as what they are', async () => {
    const files = [place.at('rows.tsv')];
    const task = 're';
    const ofRows = await evaluate({ task, gold: files, predictor: { kind: 'files', files } });
    expect(ofRows).toMatchObject({ scheme: 'rows', micro: { f1: 1 } });
    const ofDocuments = await evaluate({ task, predictor: { kind: 'files', files: [place.at('gold.bio')] } });
    expect(ofDocuments).toMatchObject({ scheme: 'documents' });
  });
});

describe('what can be scored', () => {
  const candidates = async (setting: string, task: 'ner' | 're' = 'ner') => {
    const annotated = ['a.bio', 'gold.bio', 'predicted.bio'];
    const found = await predictorCandidates({ place, setting }, { annotated, gold: 'gold.bio', task });
    return found.map((one) => (one.kind === 'files' ? one.files.join() : path.basename(one.folder)));
  };

  test('is the model in use, the other models of the task, then files, those of predictions first', async () => {
    expect(await candidates('')).toEqual(['local', 'newer', 'predicted.bio', 'a.bio']);
    expect(await candidates('models/newer')).toEqual(['newer', 'local', 'predicted.bio', 'a.bio']);
    expect(await candidates('', 're')).toEqual(['pairs', 'predicted.bio', 'a.bio']);
  });

  test('gives the report its name, with a number if that is taken', async () => {
    const predictor = { kind: 'model', folder: '/models/local' } as const;
    expect(await reportName(place.reports, '/data/gold.bio', predictor)).toBe('gold-local');
    await writeReport(path.join(place.reports, 'gold-local.json'), await evaluate());
    expect(await reportName(place.reports, '/data/gold.bio', predictor)).toBe('gold-local-2');
  });
});

describe('reports', () => {
  test('of every task are read as they were written, and listed', async () => {
    const files = [place.at('rows.tsv')];
    const written = [
      await evaluate({ compare: [place.at('gold.bio')] }),
      await evaluate({ task: 're', gold: files, predictor: { kind: 'files', files } }),
      await evaluate({ task: 're' }),
    ];
    for (const [index, report] of written.entries()) {
      const file = path.join(place.reports, `${index}.json`);
      await writeReport(file, report);
      expect(await readReport(file)).toEqual(report);
    }
    const names = (await reportFiles(place.reports)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['0', '1', '2']);
  });

  test('are written in the form of the ending, if there is one', async () => {
    const file = place.at('reports', 'r.md');
    await writeReport(file, await evaluate());
    await expect(writeReport(place.at('r.docx'), await evaluate())).rejects.toThrow(UserError);
    expect(await reportFiles(place.reports)).toEqual([]);
  });

  test.each(['{', '{"title":"x"}', '[]'])('a file with %s is refused with its place', async (content) => {
    const file = place.at('other.json');
    await writeFile(file, content);
    await expect(readReport(file)).rejects.toMatchObject({ name: 'UserError', place: { file } });
  });
});

describe('an error of a report', () => {
  test('is found on the lines of a BIO file', async () => {
    const report = await evaluate();
    const [error] = report.errors;
    if (error === undefined) throw new Error('there is an error');
    const file = place.at('gold.bio');
    expect(await findError(report, place.folder, error)).toEqual({ file, kind: 'lines', first: 2, last: 2 });
  });

  test('is found on its lines in a file of several documents, with the columns that the project names', async () => {
    const source =
      '-DOCSTART-\tO\n\nx\tOld\tO\nx\tgout\tB-Disease\n\n-DOCSTART-\tO\n\ny\tNo\tO\nz\tflu\tB-Disease\n';
    await writeFile(place.at('several.bio'), source);
    await writeFile(
      place.at('chartmark.json'),
      JSON.stringify({ columns: [{ files: 'several.bio', word: 2 }] }),
    );
    const report = { ...(await evaluate()), sources: { gold: ['several.bio'], predicted: [] } };
    const error = { document: 'several-2', line: 1, start: 3, end: 6 };
    expect(await findError(report, place.folder, error)).toMatchObject({ kind: 'lines', first: 8, last: 8 });
  });

  test('is found on its line although other lines of a JSONL file are no documents, and in the text of an .ann file', async () => {
    await writeFile(place.at('a.txt'), 'No. Gout.');
    await writeFile(place.at('a.ann'), 'T1\tDisease 4 8\tGout\n');
    await writeFile(
      place.at('b.jsonl'),
      '{"id":"x","text":"No.","answer":"reject"}\n\n{"text":"Gout."}\n{"id":"z","text":"Flu."}\n',
    );
    const report = await evaluate();
    const at = (source: string, document: string) =>
      findError({ ...report, sources: { gold: [source], predicted: [] } }, place.folder, {
        document,
        line: 1,
        start: 0,
        end: 3,
      });
    expect(await at('b.jsonl', 'b:3')).toMatchObject({ kind: 'lines', first: 2, last: 2 });
    expect(await at('b.jsonl', 'z')).toMatchObject({ kind: 'lines', first: 3, last: 3 });
    expect(await at('a.ann', 'a')).toMatchObject({ file: place.at('a.txt'), kind: 'offsets' });
  });

  test('is found at its offsets in a text, and on its line in JSONL and among relation rows', async () => {
    await writeFile(place.at('a.txt'), 'No. Gout.');
    await writeFile(place.at('a.ann'), 'T1\tDisease 4 8\tGout\n');
    await writeFile(place.at('b.jsonl'), '{"id":"x","text":"No."}\n{"id":"y","text":"Gout."}\n');
    const report = await evaluate();
    const at = (source: string, document: string) =>
      findError({ ...report, sources: { gold: [source], predicted: [] } }, place.folder, {
        document,
        line: 1,
        start: 4,
        end: 8,
      });
    expect(await at('a.txt', 'a')).toMatchObject({ kind: 'offsets', start: 4, end: 8 });
    expect(await at('b.jsonl', 'y')).toMatchObject({ kind: 'lines', first: 1, last: 1 });
    await expect(at('b.jsonl', 'gone')).rejects.toThrow(UserError);
    const files = [place.at('rows.tsv')];
    const ofRows = await evaluate({ task: 're', gold: files, predictor: { kind: 'files', files } });
    const row = { document: '', line: 2, start: 0, end: 3 };
    expect(await findError(ofRows, place.folder, row)).toMatchObject({ first: 1, last: 1 });
  });
});

import type { RelationSpec, Writer } from '../../../src/generation/plan/requestSpec.ts';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseJsonl } from '../../../src/corpus/jsonl.ts';
import { pairsOf } from '../../../src/process/trainingPairs.ts';
import { parseProject } from '../../../src/project/parseProject.ts';
import { relationSchema } from '../../../src/project/relationSchema.ts';
import { writeBatches } from '../../../src/generation/batches/writeBatches.ts';
import { describeBalance } from '../../../src/generation/balance/describeBalance.ts';
import { generate } from '../../../src/generation/run/generateTexts.ts';
import { loadLexicon } from '../../../src/generation/topics/lexicon.ts';
import { planRun } from '../../../src/generation/plan/planRun.ts';
import { buildPrompt } from '../../../src/generation/prompt/buildPrompt.ts';
import { previewRequest } from '../../../src/generation/prompt/promptPreview.ts';
import { offlineWriter } from '../../../src/generation/offline/offlineWriter.ts';
import { withRun } from '../../../src/generation/run/openRun.ts';
import { openDecisions } from '../../../src/runs/review/decide.ts';
import { readRunReview } from '../../../src/runs/review/readRunReview.ts';
import { writeRunReport } from '../../../src/generation/balance/balanceReport.ts';

const type = (name: string) => ({ name, definition: name });
const project = parseProject(
  JSON.stringify({
    entityTypes: [type('Chemical'), type('Disease'), type('Gene')],
    relationTypes: [
      { name: 'treats', head: 'Chemical', tail: 'Disease', definition: 'It is given for it.' },
      { name: 'causes', head: 'Chemical', tail: 'Disease', definition: 'It brings it about.' },
      { name: 'raises', head: 'Gene', tail: 'Disease', definition: 'It makes it likelier.' },
    ],
    topics: { Gene: ['BRCA1', 'CFTR'] },
    generation: { textsPerRequest: 4 },
  }),
  'chartmark.json',
);
const bodyParts = 'renal hepatic cardiac nasal dermal ocular gastric neural spinal dental pelvic vocal'.split(
  ' ',
);
let written = 0;
/** A model that writes what was requested, except for every other sentence about "causes". */
const model = (asks: RelationSpec[] = []): Writer => ({
  name: 'model',
  model: 'm',
  destination: { kind: 'local', host: 'here' },
  complete: ({ spec }) => {
    if (spec.task !== 're') throw new Error('only relations are asked for');
    asks.push(spec);
    const { head, tail, name } = spec.relation;
    const texts = Array.from({ length: spec.texts }, (_, index) => {
      const number = written++;
      const [one = '', two = '', three = ''] = [0, 5, 7].map(
        (step) => bodyParts[(number * step + (number >> 3)) % 12],
      );
      const subject = spec.topics[index % Math.max(1, spec.topics.length)]?.name ?? `${one}ine${number}`;
      const verb = index < spec.negative ? 'was noted beside' : `clearly ${name}`;
      const isBad = name === 'causes' && index % 2 === 1;
      return {
        text: `<${head}>${subject}</${head}> ${verb} ${two}${number} ${isBad ? 'gout' : `<${tail}>${three} gout</${tail}>`} in ${one} case ${number}.`,
        relation: index < spec.negative ? 'none' : name,
      };
    });
    return Promise.resolve({ text: JSON.stringify({ texts }) });
  },
});

let out = '';
beforeEach(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'chartmark-relations-'));
});
afterEach(() => rm(out, { recursive: true }));
const wanted = { task: 're', project, count: 48, seed: 1, sending: { concurrency: 1 } } as const;
const accepted = async () => parseJsonl(await readFile(path.join(out, 'accepted.jsonl'), 'utf8'));

describe('a run about several relations', () => {
  it('has equally many texts of each, with their share of unrelated pairs, although one is rejected more often', async () => {
    const asks: RelationSpec[] = [];
    await generate({ ...wanted, out, provider: model(asks) });
    const balance = await writeRunReport(out, planRun(wanted));
    expect(balance.relations).toEqual({
      treats: { share: { asked: 1 / 3, got: 1 / 3 }, negative: { asked: 0.5, got: 0.5 } },
      causes: { share: { asked: 1 / 3, got: 1 / 3 }, negative: { asked: 0.5, got: 0.5 } },
      raises: { share: { asked: 1 / 3, got: 1 / 3 }, negative: { asked: 0.5, got: 0.5 } },
    });
    expect(describeBalance(balance).join('\n')).toContain('texts about causes: 33.3% (requested: 33.3%)');
    expect(asks.slice(0, 3).map(({ relation }) => relation.name)).toEqual(['treats', 'causes', 'raises']);
    // The topics are of the types in the relation.
    expect(
      new Set(asks.filter(({ topics }) => topics.length > 0).map(({ relation }) => relation.name)),
    ).toEqual(new Set(['raises']));
  });

  it('resumes where it stopped, and counts what it has of each', async () => {
    await generate({ ...wanted, count: 20, out, provider: model() });
    await generate({ ...wanted, out, provider: model(), resume: true });
    const { relations } = await writeRunReport(out, planRun(wanted));
    expect(Object.values(relations ?? {}).map(({ share }) => share.got)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  it('requests equally many of each in batches, counting those in open batches', async () => {
    const batch = (count: number) =>
      withRun({ ...wanted, count, out, provider: model(), resume: true }, (run) =>
        writeBatches(run, { file: path.join(out, `requests-${count}.jsonl`) }),
      );
    await batch(20);
    await batch(48);
    const texts: Record<string, number> = {};
    for (const line of (await readFile(path.join(out, 'ledger.jsonl'), 'utf8')).trim().split('\n')) {
      const request = JSON.parse(line) as { relation: string; texts: number };
      texts[request.relation] = (texts[request.relation] ?? 0) + request.texts;
    }
    expect(texts).toEqual({ treats: 16, causes: 16, raises: 16 });
  });

  it('gives training data in which every pair has the label of its relation, or none', async () => {
    await generate({ ...wanted, out, provider: model() });
    const counts: Record<string, number> = {};
    for (const { label } of pairsOf(await accepted(), relationSchema(project), 'accepted.jsonl')) {
      counts[label] = (counts[label] ?? 0) + 1;
    }
    expect(counts).toEqual({ '0': 24, treats: 8, causes: 8, raises: 8 });
  });

  it('keeps the relation of a text that is edited in a review', async () => {
    await generate({ ...wanted, out, provider: model() });
    const review = await readRunReview(out, project);
    const text = review.texts.find(({ meta }) => meta['relation'] === 'raises');
    if (text === undefined) throw new Error('a third of the texts is about it');
    const decisions = openDecisions(review, 'human');
    await decisions.decide(text, {
      kind: 'edit',
      tagged: '<Gene>HFE</Gene> raises <Disease>iron overload</Disease>.',
      related: true,
    });
    await expect(
      decisions.decide(text, {
        kind: 'edit',
        tagged: '<Chemical>iron</Chemical> and <Disease>gout</Disease>.',
        related: true,
      }),
    ).rejects.toThrow('Tag exactly one Gene and one Disease.');
    await decisions.close();
    expect(await readFile(path.join(out, 'review.jsonl'), 'utf8')).toContain('"label":"raises"');
  });

  it('says which one a request is about, and excludes another one between the same types', async () => {
    const asks: RelationSpec[] = [];
    await generate({ ...wanted, count: 12, out, provider: model(asks) });
    const [treats, , raises] = asks.map((spec) => buildPrompt(spec, project)[0]?.content ?? '');
    expect(treats).toContain(
      'Write no sentence that states the relation "causes" of the two: It brings it about.',
    );
    expect(raises).not.toContain('Write no sentence');
    const plan = planRun(wanted);
    const shown = [0, 1, 2, 3].map((index) => previewRequest(plan, index).request.messages[1]?.content ?? '');
    expect(shown.map((words) => /"relation": "(\w+)"\)/.exec(words)?.[1])).toEqual([
      'treats',
      'causes',
      'raises',
      'treats',
    ]);
    const ledger = await readFile(path.join(out, 'ledger.jsonl'), 'utf8');
    expect(ledger).toMatch(/"event":"request","index":2.*"relation":"raises"/);
  });
});

describe('a run about one relation', () => {
  it('is about the given relation', async () => {
    const asks: RelationSpec[] = [];
    const only = { ...wanted, count: 8, relations: ['raises'] };
    await generate({ ...only, out, provider: model(asks) });
    expect(new Set(asks.map(({ relation }) => relation.name))).toEqual(new Set(['raises']));
    const run = JSON.parse(await readFile(path.join(out, 'run.json'), 'utf8'));
    expect(run).toMatchObject({
      labels: ['Gene', 'Disease'],
      relations: [{ name: 'raises', head: 'Gene', tail: 'Disease' }],
    });
    await expect(generate({ ...wanted, count: 8, out, provider: model(), resume: true })).rejects.toThrow(
      /started with different labels/,
    );
  });

  it('rejects a relation that the project does not have', () => {
    expect(() => planRun({ ...wanted, relations: ['heals'] })).toThrow('no relation type "heals"');
  });

  it('is rejected before it begins if the offline templates do not have the relation', async () => {
    const provider = offlineWriter(await loadLexicon('.'), 1);
    await expect(generate({ ...wanted, out, provider })).rejects.toThrow(
      'The offline provider can only write about relations between a Gene and a Disease, not about "treats"',
    );
    const { accepted: texts } = await generate({
      ...wanted,
      relations: ['raises'],
      count: 4,
      out,
      provider,
      sending: {},
    });
    expect(texts).toBe(4);
  });
});

import { newReading } from '../../../../src/runs/runFolders.ts';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatInlineTags } from '../../../../src/corpus/tagged/inlineTags.ts';
import { readDocuments } from '../../../../src/corpus/read.ts';
import { readTrainingData } from '../../../../src/process/trainingData.ts';
import { requeueRequest } from '../../../../src/runs/review/requeueRequest.ts';
import { countTexts } from '../../../../src/runs/review/countTexts.ts';
import { type Decisions, openDecisions } from '../../../../src/runs/review/decide.ts';
import { facetsOf, filterTexts } from '../../../../src/runs/review/filterTexts.ts';
import { readRunReview } from '../../../../src/runs/review/readRunReview.ts';
import type { ReviewText, RunReview } from '../../../../src/runs/review/reviewText.ts';
import { brokenPromises, readRun } from '../../../support/runInvariants.ts';
import { makeRelationRun, project } from './reviewedRun.ts';

let folder = '';
let review: RunReview;
let decisions: Decisions;
beforeEach(async () => {
  folder = await makeRelationRun(12);
  await open();
});
afterEach(async () => {
  await decisions.close();
  await rm(folder, { recursive: true });
});

async function open(): Promise<void> {
  review = await readRunReview(folder, project);
  decisions = openDecisions(review, 'human');
}
const first = (is: (text: ReviewText) => boolean): ReviewText => {
  const found = review.texts.find(is);
  if (found === undefined) throw new Error('there is no such text');
  return found;
};
const accepted = (related: boolean): ReviewText =>
  first(({ file, given }) => file === 'accepted' && given.related === related);
const refused = (reason: string): ReviewText => first(({ refusal }) => refusal?.reason === reason);

/** What a relation model would learn: each row's label by its text. */
async function learned(): Promise<ReadonlyMap<string, string>> {
  const { task, ...data } = (await readTrainingData('re', [folder], folder)).data;
  if (task !== 're' || !('rows' in data)) throw new Error('no rows');
  return new Map(data.rows.map(({ text, label }) => [text, label]));
}

describe('a review of a run with relations', () => {
  it('has its pairs, whether they are related, and why others were refused', () => {
    expect(review).toMatchObject({ task: 're', labels: ['Gene', 'Disease'], relation: 'association' });
    const texts = review.texts.filter(({ file }) => file === 'accepted');
    expect(texts).toHaveLength(12);
    expect(texts.filter(({ now }) => now.related === true)).toHaveLength(6);
    expect(texts[0]?.now.tagged.mentions.map(({ label }) => label)).toEqual(['Gene', 'Disease']);
    expect(facetsOf(review.texts, review.labels)).toMatchObject({
      labels: ['Gene', 'Disease'],
      reasons: expect.arrayContaining(['wrong-pair', 'malformed', 'untagged-mention']),
    });
    expect(filterTexts(review.texts, { reason: 'wrong-pair', label: 'Gene' }).length).toBeGreaterThan(1);
  });

  it('takes the pair out of training with a rejected text, and back with it', async () => {
    const text = accepted(true);
    const before = await learned();
    expect(before.size).toBe(12);
    await decisions.decide(text, { kind: 'reject' });
    expect((await learned()).size).toBe(11);
    await decisions.decide(text, { kind: 'accept' });
    expect(await learned()).toEqual(before);
  });

  it('changes what is learned of a pair whose relation is edited', async () => {
    const [related, unrelated] = [accepted(true), accepted(false)];
    const before = [...(await learned()).values()].filter((label) => label === '1').length;
    await decisions.decide(related, {
      kind: 'edit',
      tagged: formatInlineTags(related.now.tagged),
      related: false,
    });
    expect([...(await learned()).values()].filter((label) => label === '1')).toHaveLength(before - 1);
    await decisions.decide(unrelated, {
      kind: 'edit',
      tagged: 'Loss of <Gene>CFTR</Gene> causes <Disease>cystic fibrosis</Disease>.',
      related: true,
    });
    expect((await learned()).get('Loss of @GENE$ causes @DISEASE$.')).toBe('1');
    const document = (await readDocuments([folder], newReading())).find(({ id }) => id === unrelated.id);
    expect(document?.relations).toEqual([
      expect.objectContaining({ head: 'T1', tail: 'T2', label: 'association', source: 'human' }),
    ]);
    await decisions.close();
    await open();
    expect(first(({ key }) => key === related.key).now.related).toBe(false);
    expect(first(({ key }) => key === unrelated.key).now.related).toBe(true);
  });

  it('keeps head and tail apart when the disease comes first', async () => {
    await decisions.decide(accepted(true), {
      kind: 'edit',
      tagged: '<Disease>Gout</Disease> is caused by <Gene>ABCG2</Gene>.',
    });
    const document = (await readDocuments([folder], newReading())).find(({ text }) =>
      text.startsWith('Gout is caused'),
    );
    const [relation] = document?.relations ?? [];
    const labelOf = (id: string | undefined) => document?.spans.find((span) => span.id === id)?.label;
    expect([labelOf(relation?.head), labelOf(relation?.tail)]).toEqual(['Gene', 'Disease']);
    expect((await learned()).get('@DISEASE$ is caused by @GENE$.')).toBe('1');
  });

  it('accepts a refused text once it tags one pair and says whether it is related', async () => {
    const text = refused('wrong-pair');
    const edit = (tagged: string) => decisions.decide(text, { kind: 'edit', tagged, related: true });
    await expect(edit(formatInlineTags(text.now.tagged))).rejects.toThrow(/one Gene and one Disease/u);
    await expect(decisions.decide(text, { kind: 'accept' })).rejects.toThrow(/one Gene and one Disease/u);
    await edit('Both <Gene>HBB</Gene> and HBA1 cause <Disease>anaemia</Disease>.');
    expect((await learned()).get('Both @GENE$ and HBA1 cause @DISEASE$.')).toBe('1');
    const unsaid = refused('malformed');
    await expect(decisions.decide(unsaid, { kind: 'accept' })).rejects.toThrow(
      /whether its pair is related/u,
    );
    await decisions.decide(unsaid, {
      kind: 'edit',
      tagged: 'Carriers of <Gene>PAH</Gene> variants had <Disease>phenylketonuria</Disease>.',
      related: false,
    });
    expect((await learned()).get('Carriers of @GENE$ variants had @DISEASE$.')).toBe('0');
    expect((await learned()).size).toBe(14);
  });

  it('keeps what a refused text said of its pair', async () => {
    await makeRelationRun(3, `${folder}-less`);
    const less = await readRunReview(`${folder}-less`, project);
    await rm(`${folder}-less`, { recursive: true });
    const said = less.texts.map(({ refusal, given }) => [refusal?.reason, given.related]);
    expect(said.slice(3)).toEqual([
      ['wrong-pair', true],
      ['malformed', undefined],
      ['untagged-mention', false],
    ]);
  });

  it('calls a relation as the run did, whatever the project calls it now', async () => {
    const relationTypes = [{ name: 'linked', head: 'Gene', tail: 'Disease', definition: 'They are.' }];
    expect((await readRunReview(folder, { ...project, relationTypes })).relation).toBe('association');
  });

  it('counts its texts', async () => {
    const { texts, labels, withoutMentions } = await countTexts(review.texts, review.labels);
    expect({ texts, withoutMentions }).toEqual({ texts: 12, withoutMentions: 0 });
    expect(labels).toEqual([
      expect.objectContaining({ label: 'Gene', mentions: 12, texts: 12 }),
      expect.objectContaining({ label: 'Disease', mentions: 12, texts: 12 }),
    ]);
  });

  it('asks again for sentences, which the run then takes', async () => {
    await decisions.decide(accepted(true), { kind: 'reject' });
    const number = await requeueRequest(folder, refused('wrong-pair').request ?? -1);
    await makeRelationRun(18, folder);
    const run = await readRun(folder);
    expect(brokenPromises(run, 18)).toEqual([]);
    expect(run.replies.map(({ index }) => index)).toContain(number);
    expect((await learned()).size).toBe(17);
  });
});

import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/foundation/userError.ts';
import { planRun } from '../../../../src/generation/plan/planRun.ts';
import { previewRequest } from '../../../../src/generation/prompt/promptPreview.ts';
import type { ModelInfo } from '../../../../src/llm/provider.ts';
import { defaultProject } from '../../../../src/project/defaults.ts';
import type { Project } from '../../../../src/project/project.ts';
import { Consent, Disclosure } from '../../../../src/tasks/sending/consent.ts';
import { IdentifierScan } from '../../../../src/tasks/sending/identifierScan.ts';

const remote: ModelInfo = {
  name: 'openai',
  model: 'house',
  destination: { kind: 'remote', host: 'llm.example.org' },
};
const local: ModelInfo = { ...remote, destination: { kind: 'local', host: 'localhost' } };
const clean = IdentifierScan.ofPrompt(defaultProject, {});
const found = IdentifierScan.ofPrompt(withGuideline('Ask Jane Doe, MRN 1234567, about it.'), {});

function withGuideline(guideline: string): Project {
  const [first, ...rest] = defaultProject.entityTypes;
  if (first === undefined) throw new Error('The default project has entity types.');
  return { ...defaultProject, entityTypes: [{ ...first, guideline }, ...rest] };
}

function disclose(
  model: ModelInfo,
  identifiers: IdentifierScan,
  more: { readonly maxCostUsd?: number; readonly prices?: Project['generation']['prices'] } = {},
): Disclosure<'test'> {
  return new Disclosure({
    task: 'test',
    model,
    wanted: '3 texts',
    sends: 'prompts',
    sent: 'Sent: a prompt.',
    estimate: { texts: 3, requests: 1, tokens: { input: 10, output: 10 } },
    mayGrow: '',
    maxCostUsd: more.maxCostUsd,
    prices: more.prices ?? {},
    identifiers,
  });
}

describe('a consent', () => {
  it('is good for the very disclosure that it answers, and for no other', () => {
    const first = disclose(remote, clean);
    const consent = Consent.to(first);
    expect(() => consent.require(first)).not.toThrow();
    expect(() => consent.require(disclose(remote, clean))).toThrow('another disclosure');
  });

  it('is refused while identifiers would leave this computer, unless the person says that they may', () => {
    const disclosure = disclose(remote, found);
    expect(disclosure.isStopped).toBe(true);
    expect(() => Consent.to(disclosure)).toThrow(UserError);
    expect(() => Consent.to(disclosure, { despiteIdentifiers: true })).not.toThrow();
  });

  it('needs no word about identifiers that stay on this computer', () => {
    expect(disclose(local, found).isStopped).toBe(false);
    expect(() => Consent.to(disclose(local, found))).not.toThrow();
  });

  it('has the limit that was disclosed, or the one that the person set instead', () => {
    const prices = { house: { input: 1, output: 1 } };
    const disclosure = disclose(remote, clean, { maxCostUsd: 2, prices });
    expect(Consent.to(disclosure).maxCostUsd).toBe(2);
    expect(Consent.to(disclosure, { maxCostUsd: 5 }).maxCostUsd).toBe(5);
    expect(Consent.to(disclosure, { maxCostUsd: undefined }).maxCostUsd).toBeUndefined();
  });

  it('is not asked for, nor given, with a limit that cannot be enforced', () => {
    expect(() => disclose(remote, clean, { maxCostUsd: 2 })).toThrow(UserError);
    expect(() => Consent.to(disclose(remote, clean), { maxCostUsd: 2 })).toThrow(UserError);
  });
});

describe('a scan of a prompt', () => {
  it('names the place and kind of what it finds, and none of its words', () => {
    expect(found.found.map(({ kind }) => kind).toSorted()).toEqual(['medical-record', 'name']);
    expect(JSON.stringify(found.found)).not.toMatch(/Jane|1234567/);
    expect(clean.found).toEqual([]);
  });

  it('together with another one has what both found', () => {
    expect(found.and(found).found).toHaveLength(4);
    expect(clean.and(clean).found).toEqual([]);
  });
});

describe('a scan of prompts as they are sent', () => {
  interface Prompt {
    readonly text: string;
    readonly topics?: readonly string[];
  }
  async function* prompts(...all: readonly Prompt[]) {
    for (const [index, { text, topics = [] }] of all.entries()) {
      yield await Promise.resolve({
        file: 'requests.jsonl',
        line: index + 1,
        messages: ['The same for all.', text],
        topics,
      });
    }
  }
  const places = async (...all: readonly Prompt[]) =>
    (await IdentifierScan.ofPrompts(prompts(...all))).found.map(({ line, kind }) => [line, kind]);

  it('says in which line of which file something is found', async () => {
    const text = 'Write a text.\nAs Mary Major, MRN 7654321, does.';
    const { found: all } = await IdentifierScan.ofPrompts(prompts({ text: 'Write.' }, { text }));
    expect(all).toHaveLength(2);
    expect(all[0]).toEqual({ place: 'requests.jsonl', line: 2, kind: 'name' });
    expect(JSON.stringify(all)).not.toMatch(/Mary|7654321/);
  });

  it('leaves out the topics of a request, and of no other one', async () => {
    const text = 'About: Mary Major; gout';
    expect(await places({ text, topics: ['Mary Major', 'gout'] })).toEqual([]);
    expect(await places({ text, topics: ['gout'] })).toEqual([[1, 'name']]);
    expect(await places({ text, topics: ['Mary Major'] }, { text })).toEqual([[2, 'name']]);
    // A part of a word is not the topic.
    expect(await places({ text, topics: ['ary Major', 'a', '...', ''] })).toEqual([[1, 'name']]);
  });

  it('reports what many requests share once, where it is first', async () => {
    const texts = ['a', 'b', 'c'].map((end) => ({ text: `As Mary Major does.\n${end}` }));
    expect(await places({ text: 'Write.' }, ...texts)).toEqual([[2, 'name']]);
  });

  it('finds nothing in a prompt of the built-in project', async () => {
    const { messages } = previewRequest(
      planRun({ task: 'ner', project: defaultProject, count: 10, seed: 1 }),
      0,
    ).request;
    expect(await places({ text: messages.map(({ content }) => content).join('\n') })).toEqual([]);
  });
});

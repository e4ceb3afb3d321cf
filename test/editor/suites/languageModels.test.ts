import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { CancelledError } from '../../../src/foundation/userError.ts';
import { languageModelProvider } from '../../../src/editor/sending/languageModelProvider.ts';
import { chooseLanguageModel } from '../../../src/editor/sending/languageModels.ts';
import type { CompletionReply } from '../../../src/llm/provider.ts';
import { ProviderFailure } from '../../../src/llm/sending/providerFailure.ts';
import { eventually } from './support.ts';

const messages = [
  { role: 'system', content: 'Write of gout.' },
  { role: 'user', content: 'Write ten texts.' },
] as const;

async function ask(id: string, signal?: AbortSignal): Promise<CompletionReply> {
  await eventually(
    'the language models',
    async () => vscode.lm.selectChatModels({ vendor: 'chartmark-tests' }),
    (models) => models.length > 0,
  );
  const provider = languageModelProvider(await chooseLanguageModel(`chartmark-tests/${id}`));
  return provider.complete({ index: 0, messages, replySchema: {} }, signal);
}

async function failureOf(id: string): Promise<ProviderFailure> {
  const failure = await ask(id).catch((error: unknown) => error);
  assert.ok(failure instanceof ProviderFailure, String(failure));
  assert.doesNotMatch(failure.describe(), /secret|gout/);
  return failure;
}

suite("The editor's language models", () => {
  test('write what they are asked for, and their tokens are counted', async () => {
    const reply = await ask('writer');
    assert.match(reply.text, /^\{"texts":\[\{"text":"The ba .*<Disease>.*\}$/);
    assert.equal(reply.tokens?.input, 6);
    assert.ok((reply.tokens?.output ?? 0) > 50);
  });

  for (const [id, kind, words] of [
    ['forbidden', 'fatal', /may not use The forbidden one, because you have not allowed it\. Allow it/],
    [
      'used-up',
      'fatal',
      /The used-up one accepts no more requests now, because the quota of chartmark-tests is used up\./,
    ],
    ['gone', 'fatal', /The gone one is no longer available\. Choose another model\./],
    ['broken', 'broken', /The broken one gave no reply\. Try again later/],
    ['speechless', 'garbled', /The speechless one gave an empty reply\./],
    ['small', 'fatal', /The prompt has 6 tokens, but The small one accepts at most 3\./],
  ] as const) {
    test(`that fail are a sentence: ${id}`, async () => {
      const failure = await failureOf(id);
      assert.equal(failure.details.kind, kind);
      assert.match(failure.describe(), words);
    });
  }

  test('are cut off by a cancel', async () => {
    const abort = new AbortController();
    const asked = ask('slow', abort.signal);
    setTimeout(() => abort.abort(), 200);
    await assert.rejects(asked, CancelledError);
  });

  test('that are not there are named', async () => {
    await assert.rejects(chooseLanguageModel('nobody/nothing'), /has no language model "nobody\/nothing"/);
  });
});

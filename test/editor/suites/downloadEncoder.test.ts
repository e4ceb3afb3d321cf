import assert from 'node:assert/strict';
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { startHub } from '../../integration/hub/hubServer.ts';
import { done, failure, open, workspaceFile } from './support.ts';

const id = 'clinic/tiny-encoder';
const weights = Buffer.alloc(50_000, 'weights ');
const config = {
  hidden_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  intermediate_size: 8,
  vocab_size: 4,
  max_position_embeddings: 8,
  type_vocab_size: 2,
};

suite('Download Base Encoder', () => {
  let hub: Awaited<ReturnType<typeof startHub>>;
  suiteSetup(async () => {
    const files = new Map([
      ['config.json', Buffer.from(JSON.stringify(config))],
      ['vocab.txt', Buffer.from('[PAD]\n[UNK]\n[CLS]\n[SEP]\n')],
      ['model.safetensors', weights],
    ]);
    const faults = { 'model.safetensors': [{ kind: 'drop', after: 10_000 }] } as const;
    hub = await startHub({ id, files }, faults);
  });
  suiteTeardown(async () => {
    hub.close();
    await rm(workspaceFile('models', 'tiny-encoder'), { recursive: true, force: true });
  });

  test('puts an encoder among the models, also when the connection breaks', async () => {
    const folder = await done<string>('chartmark.downloadEncoder', { id, endpoint: hub.endpoint });
    assert.equal(folder, workspaceFile('models', 'tiny-encoder'));
    assert.deepEqual(await readFile(path.join(folder, 'model.safetensors')), weights);
    const names = await readdir(path.dirname(folder));
    assert.deepEqual(
      names.filter((name) => name.includes('tiny-encoder')),
      ['tiny-encoder'],
    );
  });

  test('does not annotate with an encoder that was not trained', async () => {
    const { document } = await open('visit.txt');
    const outcome = await done<{ readonly model: string } | undefined>('chartmark.annotate');
    assert.notEqual(outcome?.model, 'tiny-encoder', document.fileName);
  });

  test('leaves a folder that is there, and says so', async () => {
    const message = await failure('chartmark.downloadEncoder', { id, endpoint: hub.endpoint });
    assert.match(message, /already exists/);
  });

  test('says that the hub has no such model', async () => {
    const message = await failure('chartmark.downloadEncoder', { id: 'no/such', endpoint: hub.endpoint });
    assert.match(message, /has no public model no\/such/);
  });
});

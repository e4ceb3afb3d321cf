import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { chartmark } from './chartmark.ts';

let cwd: string;
let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
});
afterEach(() => server.close());

async function generate(out: string): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const endpoint = ['--provider', 'openai', '--base-url', server.baseUrl, '--model', 'm'];
  return chartmark(['generate', ...endpoint, '--count', '3', '--out', out], { cwd });
}

describe('chartmark prompt', () => {
  test('shows the request about the relation that is named', async () => {
    const type = (name: string) => ({ name, definition: name });
    const relation = (name: string) => ({ name, head: 'Chemical', tail: 'Disease', definition: name });
    const project = {
      entityTypes: ['Chemical', 'Disease'].map(type),
      relationTypes: ['Induces', 'Treats'].map(relation),
    };
    await writeFile(path.join(cwd, 'chartmark.json'), JSON.stringify(project));
    const { stdout } = await chartmark(['prompt', '--task', 're', '--relation', 'Treats'], { cwd });
    expect(stdout).toContain('are in the relation "Treats"');
    expect(await chartmark(['prompt', '--relation', 'Treats'], { cwd })).toMatchObject({ code: 2 });
    expect(await chartmark(['prompt', '--task', 're', '--relation', ','], { cwd })).toMatchObject({
      code: 2,
    });
  });

  test('shows word by word what generate sends', async () => {
    await writeFile(path.join(cwd, 'chartmark.json'), '{"generation": {"count": 3, "confusableShare": 1}}');
    const preview = await chartmark(['prompt', '--task', 'ner', '--json'], { cwd });
    expect(preview).toMatchObject({ code: 0, stderr: 'Template: built in\n' });
    const { messages, maxTokens } = JSON.parse(preview.stdout);
    expect((await generate('run')).code).toBe(0);
    const [call] = server.calls;
    expect(call?.body.messages).toEqual(messages);
    expect(call?.body.max_tokens).toBe(maxTokens);
    const { stdout } = await chartmark(['prompt'], { cwd });
    for (const { content } of messages) expect(stdout).toContain(content);
  });

  test('writes the template to be edited, and what is sent and the hash follow the edit', async () => {
    const written = await chartmark(['prompt', '--write'], { cwd });
    expect(written.stdout).toBe(`${path.join('prompts', 'ner.md')}\n`);
    const file = path.join(cwd, 'prompts', 'ner.md');
    const template = await readFile(file, 'utf8');
    expect(template).toContain('{{confusable}}');
    const before = await chartmark(['prompt', '--json'], { cwd });
    await writeFile(file, template.replace('# Request\n', '# Request\n\nWrite like a surgeon.\n'));
    const after = await chartmark(['prompt', '--json'], { cwd });
    expect(after.stderr).toBe(`Template: ${path.join('prompts', 'ner.md')}\n`);
    expect(JSON.parse(after.stdout).messages[1].content).toContain('Write like a surgeon.');
    expect(JSON.parse(after.stdout).promptHash).not.toBe(JSON.parse(before.stdout).promptHash);

    await generate('run');
    const [call] = server.calls;
    expect(call?.body.messages?.[1]?.content).toContain('Write like a surgeon.');
    const again = await chartmark(['prompt', '--write'], { cwd });
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('already has this template');
  });

  test('sends nothing with a faulty template, and says where the fault is', async () => {
    await chartmark(['prompt', '--task', 'ner', '--write'], { cwd });
    const file = path.join(cwd, 'prompts', 'ner.md');
    const template = await readFile(file, 'utf8');
    const lines = template.replace('{{language}}, {{length}}', '{{langauge}}, {{length}}').split('\n');
    await writeFile(file, lines.join('\n'));
    const line = lines.findIndex((text) => text.includes('langauge')) + 1;
    const { code, stderr } = await generate('run');
    expect(code).toBe(1);
    expect(stderr).toContain(`ner.md:${line}: {{langauge}}`);
    expect(server.calls).toEqual([]);
  });

  test('says that whole notes need a language model', async () => {
    await writeFile(path.join(cwd, 'chartmark.json'), '{"generation": {"unit": "notes"}}');
    const { code, stderr } = await chartmark(['generate', '--count', '5', '--out', 'run'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(
      'The offline provider can only write sentences, not whole notes. Choose a language model',
    );
  });
});

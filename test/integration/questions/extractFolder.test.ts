import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { runExtraction } from '../../../src/questions/extract/runExtraction.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedReply } from '../../support/chatServer/directAnswers.ts';

it.skipIf(process.platform === 'win32')(
  'the sentences that an extraction keeps are for the user alone, also in a folder that was there',
  async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'chartmark-private-'));
    const server = await startChatServer({ write: (_, body) => taggedReply(body, { gout: 'Disease' }) });
    try {
      const out = path.join(root, 'predictions', '.extract');
      await mkdir(out, { recursive: true });
      await chmod(out, 0o755);
      await runExtraction({
        task: 'ner',
        project: defaultProject,
        labels: ['Disease'],
        provider: openAiProvider({ baseUrl: server.baseUrl, model: 'm' }),
        questions: [{ task: 'ner', text: 'He has gout.' }],
        out,
      });
      expect((await stat(out)).mode & 0o777).toBe(0o700);
      // What is written for others to use is as open as the user's files are.
      expect((await stat(path.dirname(out))).mode & 0o055).toBe(0o055 & ~process.umask());
    } finally {
      await server.close();
      await rm(root, { recursive: true });
    }
  },
);

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createSpan, type Document, plainDocument } from '../../src/corpus/document.ts';
import { parseInlineTags } from '../../src/corpus/tagged/inlineTags.ts';
import type { VerifyPlan } from '../../src/questions/verify/planVerification.ts';
import { parseReply } from '../../src/llm/reply/parseReply.ts';
import { type ChatServer, startChatServer } from '../../test/support/chatServer/chatServer.ts';
import { types } from './writtenTexts.ts';

/** What a model answered about a text, and what made it doubtful. A line of the file. */
interface Recorded {
  readonly id: string;
  /** "keep", or the text with other tags. */
  readonly answer: string;
  /** By a model that did not train on the text: start, end (UTF-16), label and score of each mention. */
  readonly predicted: readonly (readonly [number, number, string, number])[];
}

interface Given {
  readonly number: number;
  readonly text: string;
}

const user = '=== user\n';

/** Each request as a file to read: its two messages. */
export async function writePrompts(
  { batches, compose }: VerifyPlan['questionSet'],
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, batch] of batches.entries()) {
    const [system, asked] = compose(batch, { index, price: undefined }).request.messages;
    const content = `=== system\n${system?.content ?? ''}\n\n${user}${asked?.content ?? ''}\n`;
    await writeFile(path.join(folder, `prompt-${String(index + 1).padStart(2, '0')}.txt`), content);
  }
}

/** The replies beside the prompts as a file of recorded answers. */
export async function recordReplies(
  folder: string,
  predictions: readonly Document[],
  file: string,
): Promise<void> {
  const ids = idsByText(predictions);
  const spansOf = new Map(predictions.map(({ id, spans }) => [id, spans]));
  const lines: string[] = [];
  for (const name of (await readdir(folder)).filter((own) => /^reply-\d+\.txt$/.test(own)).sort()) {
    const prompt = await readFile(path.join(folder, name.replace('reply', 'prompt')), 'utf8');
    const given = givenIn(prompt.slice(prompt.indexOf(user) + user.length));
    for (const { number, text } of parseReply(await readFile(path.join(folder, name), 'utf8'))) {
      const id = ids(given.find((one) => one.number === number)?.text ?? '');
      if (id === undefined) continue;
      const predicted = (spansOf.get(id) ?? []).map(
        ({ start, end, label, score = 0 }) => [start, end, label, Number(score.toFixed(3))] as const,
      );
      lines.push(`${JSON.stringify({ id, answer: text, predicted } satisfies Recorded)}\n`);
    }
  }
  await writeFile(file, lines.join(''));
}

/** The predictions that the recorded answers were asked for with. */
export async function recordedPredictions(
  file: string,
  texts: readonly Document[],
): Promise<readonly Document[]> {
  const recorded = new Map((await readRecorded(file)).map((one) => [one.id, one.predicted]));
  return texts.flatMap(({ id, text }) => {
    const predicted = recorded.get(id);
    if (predicted === undefined) return [];
    const spans = predicted.map(([start, end, label, score], index) =>
      createSpan(text, { id: `T${index + 1}`, start, end, label, score, source: 'model' }),
    );
    return [{ ...plainDocument(id, text), spans }];
  });
}

async function readRecorded(file: string): Promise<readonly Recorded[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Recorded);
}

/** A service on this machine that gives the recorded answers about the texts of each request. */
export async function serveRecorded(file: string, texts: readonly Document[]): Promise<ChatServer> {
  const answers = new Map((await readRecorded(file)).map(({ id, answer }) => [id, answer]));
  const ids = idsByText(texts);
  return startChatServer({
    write: (_, { messages }) => {
      const replied = givenIn(messages?.at(-1)?.content ?? '').flatMap(({ number, text }) => {
        const answer = answers.get(ids(text) ?? '');
        return answer === undefined ? [] : [{ number, text: answer }];
      });
      return JSON.stringify({ texts: replied });
    },
  });
}

function givenIn(content: string): readonly Given[] {
  return (JSON.parse(content) as { texts: Given[] }).texts;
}

/** The id of a text, from the text with its tags. */
function idsByText(texts: readonly Document[]): (tagged: string) => string | undefined {
  const ids = new Map(texts.map(({ id, text }) => [text, id]));
  return (tagged) => {
    const read = parseInlineTags(tagged, types);
    return read.ok ? ids.get(read.text) : undefined;
  };
}

import { newReading } from '../../src/runs/runFolders.ts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Document } from '../../src/corpus/document.ts';
import { readDocuments } from '../../src/corpus/read.ts';
import { defaultProject } from '../../src/project/defaults.ts';
import type { EntityType, RelationType } from '../../src/project/project.ts';
import { chartmark } from '../integration/cli/chartmark.ts';
import { startChatServer } from './chatServer/chatServer.ts';
import { writtenReplies, type WrittenText } from './chatServer/writtenReplies.ts';
import { readRun, type RunContents } from './runInvariants.ts';

const relation: RelationType = {
  name: 'association',
  head: 'Gene',
  tail: 'Disease',
  definition: 'The sentence states it.',
};

interface ReplayOptions {
  readonly textsPerRequest: number;
  /** Draws how replies are put. */
  readonly seed: number;
  /** The project asks for texts about the names that the file's texts were written about, as far as they tag them. */
  readonly isByNames?: boolean;
  /** Made for the project and its run; stays. */
  readonly cwd: string;
}

export interface Replay extends RunContents {
  readonly task: 'ner' | 're';
  /** The run's folder. */
  readonly folder: string;
  readonly written: number;
  /** Replies by the form that they were put in. */
  readonly forms: ReadonlyMap<string, number>;
  readonly documents: readonly Document[];
  /** Lines of accepted.jsonl whose mentions or relation are not those that were written, and how they differ. */
  readonly differing: readonly string[];
}

/**
 * Sentences of a JSONL file with inline tags, as replies of a service through `chartmark generate`: in its own
 * process, over HTTP, into a run. When the service has no more of them its quota is used up; then the run is
 * resumed for as many as it has. A `label` makes them sentences with relations.
 */
export async function replayWritten(
  file: string,
  { textsPerRequest, seed, cwd, isByNames = false }: ReplayOptions,
): Promise<Replay> {
  const texts = (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as WrittenText);
  const source = await readDocuments([file], newReading());
  const task = texts.some(({ label }) => label !== undefined) ? 're' : 'ner';
  await mkdir(cwd, { recursive: true });
  const types = new Set(source.flatMap(({ spans }) => spans.map(({ label }) => label)));
  await writeFile(
    path.join(cwd, 'chartmark.json'),
    JSON.stringify({
      entityTypes: [...types].map(entityType),
      ...(task === 're' ? { relationTypes: [relation] } : {}),
      ...(isByNames ? { topics: namesOf(texts) } : {}),
      generation: { textsPerRequest },
    }),
  );
  const model = writtenReplies(texts, { seed, ...(task === 're' ? { relation: relation.name } : {}) });
  const server = await startChatServer(model);
  const generate = (count: number, ...more: readonly string[]) =>
    chartmark(
      `generate --task ${task} --provider openai --base-url ${server.baseUrl} --model writer --count ${count} --out run`
        .split(' ')
        .concat(more),
      { cwd },
    );
  const folder = path.join(cwd, 'run');
  try {
    const first = await generate(texts.length);
    let run = await readRun(folder);
    if (run.accepted.length < texts.length) {
      if (!first.stderr.includes('has used up its quota')) throw new Error(first.stderr);
      const { code, stderr } = await generate(run.accepted.length, '--resume');
      if (code !== 0) throw new Error(stderr);
      run = await readRun(folder);
    }
    const documents = await readDocuments([path.join(folder, 'accepted.jsonl')], newReading());
    return {
      ...run,
      task,
      folder,
      written: texts.length,
      forms: model.counts,
      documents,
      differing: differing(documents, source),
    };
  } finally {
    await server.close();
  }
}

function entityType(name: string): EntityType {
  const known = defaultProject.entityTypes.find((type) => type.name === name);
  return known ?? { name, definition: `A ${name.toLowerCase()}.`, examples: [], counterExamples: [] };
}

function namesOf(texts: readonly WrittenText[]): Record<string, readonly string[]> {
  const names: Record<string, string[]> = {};
  for (const { text, seeds = [] } of texts) {
    for (const [, type = '', name = ''] of text.matchAll(/<(\w+)>([^<]*)</gu)) {
      if (seeds.includes(name) && names[type]?.includes(name) !== true) (names[type] ??= []).push(name);
    }
  }
  return names;
}

function differing(documents: readonly Document[], source: readonly Document[]): readonly string[] {
  const written = new Map(source.map((document) => [document.text, document]));
  return documents.flatMap((document, at) => {
    const origin = written.get(document.text);
    if (origin === undefined) return [`${at + 1}: the text is none of those written`];
    const [now, then] = [mentionsOf(document), mentionsOf(origin)];
    const lost = [...then].filter((mention) => !now.has(mention));
    const more = [...now].filter((mention) => !then.has(mention));
    const changed = [
      ...lost.map((mention) => `lost ${mention}`),
      ...more.map((mention) => `also ${mention}`),
      ...(document.relations.length === origin.relations.length ? [] : ['another relation']),
    ];
    return changed.length === 0 ? [] : [`${at + 1}: ${changed.join(', ')}`];
  });
}

function mentionsOf({ text, spans }: Document): ReadonlySet<string> {
  return new Set(
    spans.map(({ start, end, label }) => `${start}-${end} ${label} "${text.slice(start, end)}"`),
  );
}

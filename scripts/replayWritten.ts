/**
 * `node scripts/replayWritten.ts FOLDER [--texts-per-request 10] [--seed 1] [--names] [--show]`, after `npm run build`: sentences
 * that a large model has written (JSONL with inline tags), as replies of a service on this machine, through
 * `chartmark generate`. Prints what came of those of each file, and with `--show` also each refused text and each
 * accepted one whose mentions are not those that were tagged. With `--names` the requests name the names that the
 * sentences were written about, and are answered with sentences about them, as long as there are any.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { replayWritten } from '../test/support/replayWritten.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'texts-per-request': { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    names: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
  },
});
const [written] = positionals;
if (written === undefined)
  throw new Error('node scripts/replayWritten.ts FOLDER: the folder with the sentences');

const root = await mkdtemp(path.join(tmpdir(), 'chartmark-replay-'));
try {
  for (const name of (await readdir(written)).filter((entry) => entry.endsWith('.jsonl')).toSorted()) {
    const replay = await replayWritten(path.join(written, name), {
      textsPerRequest: Number(values['texts-per-request']),
      seed: Number(values.seed),
      isByNames: values.names,
      cwd: path.join(root, path.basename(name, '.jsonl')),
    });
    const { task, documents, rejected, replies, forms, differing } = replay;
    const reasons = Map.groupBy(rejected, ({ reason }) => reason);
    const mentions = documents.reduce((sum, { spans }) => sum + spans.length, 0);
    const relations = documents.reduce((sum, document) => sum + document.relations.length, 0);
    console.log(
      `${name}: ${replay.written} written, ${documents.length} accepted, ${rejected.length} rejected` +
        `${list([...reasons].map(([reason, texts]) => `${reason} ${texts.length}`))}, ${mentions} mentions` +
        `${task === 're' ? `, ${relations} relations` : ''}, ${replies.length} replies` +
        `${list([...forms].map(([form, count]) => `${form} ${count}`))}; ` +
        `${differing.length} with other mentions than were tagged`,
    );
    if (!values.show) continue;
    for (const { reason, text } of rejected) console.log(`  ${reason}: ${text}`);
    for (const line of differing) console.log(`  accepted ${line}`);
  }
} finally {
  await rm(root, { recursive: true, force: true });
}

function list(parts: readonly string[]): string {
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

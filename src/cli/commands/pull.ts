import path from 'node:path';
import type { Command } from 'commander';
import { duration } from '../../foundation/duration.ts';
import { counted } from '../../foundation/numbers.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { suggestedEncoders } from '../../model/hub/encoders.ts';
import { defaultEndpoint, folderName, hubPlace } from '../../model/hub/place.ts';
import { megabytes } from '../../model/hub/downloadModel.ts';
import { describePull, preparePull, type PullDisclosure } from '../../tasks/pull.ts';
import { type CliContext, shownPath } from '../context.ts';
import { defined } from '../options.ts';
import { progressBar } from '../progressBar.ts';

interface PullOptions {
  readonly out?: string;
  readonly endpoint?: string;
  readonly revision?: string;
  readonly json?: boolean;
}

/** `chartmark pull ID`: the one command that downloads a model. */
export function registerPull(program: Command, context: CliContext): void {
  program
    .command('pull')
    .description('Download a BERT or RoBERTa encoder from a hub, to train on with --base.')
    .argument('<id>', 'name on the hub, such as FacebookAI/roberta-base')
    .option('--out <folder>', 'new folder to write (default: models/ followed by the name)')
    .option('--endpoint <url>', `address of the hub (default: ${defaultEndpoint})`)
    .option('--revision <name>', 'branch, tag or commit (default: main)')
    .option('--json', 'one machine-readable object on standard output')
    .addHelpText(
      'after',
      `\nFor clinical text:\n${suggestedEncoders.map(({ id, description }) => `  ${id}\n      ${description}`).join('\n')}`,
    )
    .action(async (id: string, { json, ...options }: PullOptions) => {
      const { endpoint, revision, out = path.join('models', folderName(id)) } = options;
      const place = hubPlace(id, defined({ endpoint, revision }));
      const { disclosure, start } = await preparePull(place, out, context.signal);
      const { commit, files, total } = disclosure;
      for (const line of disclosureLines(disclosure)) context.note(line);
      const bar = progressBar(process.stderr, 'Downloading');
      const started = performance.now();
      try {
        await start({
          signal: context.signal,
          onProgress: (progress) =>
            bar.update(progress.done / Math.max(1, progress.total), describePull(progress)),
        });
        bar.finish(megabytes(total));
      } catch (error) {
        bar.finish();
        throw error;
      }
      const seconds = (performance.now() - started) / 1000;
      if (json === true) context.print(visibleJson({ out, id, commit, files, bytes: total, seconds }));
      else context.print(`${shownPath(out)}: ${id}, ${megabytes(total)}, ${duration(seconds)}`);
    });
}

function disclosureLines({ id, host, commit, files, total }: PullDisclosure): string[] {
  return [
    `${id} at ${commit.slice(0, 12)} from ${host}: ${counted(files.length, 'file')}, ${megabytes(total)}`,
    ...files.map(({ name, size }) => `  ${megabytes(size).padStart(10)}  ${name}`),
  ];
}

import path from 'node:path';
import * as z from 'zod/mini';
import { readJson } from '../../foundation/readJson.ts';
import { parseCustomId } from '../../generation/batches/customId.ts';
import { type Batch, batchPath } from '../../runs/batches/batchList.ts';
import { fileLines } from '../../runs/jsonLines.ts';
import { requestsOfRun } from '../../runs/review/requestsOfRun.ts';
import { runFiles } from '../../runs/runFiles.ts';

/** A request as it is in a batch file. */
export interface BatchRequest {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly messages: readonly string[];
  readonly topics: readonly string[];
  /** The number of texts that it requests. */
  readonly texts: number;
  /** The highest possible cost in USD, if the price is known. */
  readonly upToUsd: number | undefined;
}

const schema = z.object({
  custom_id: z.string(),
  body: z.object({ messages: z.array(z.object({ content: z.string() })) }),
});

/** All requests in the files of these batches. Throws `UserError` if a line is not what Chartmark wrote. */
export async function* batchRequests(
  folder: string,
  batches: readonly Batch[],
): AsyncGenerator<BatchRequest> {
  const { byIndex } = await requestsOfRun(path.join(folder, runFiles.ledger));
  for (const batch of batches) {
    const file = batchPath(folder, batch.file);
    for await (const { text, number: line } of fileLines(file)) {
      const { custom_id: id, body } = readJson(schema, text, {
        name: 'line',
        place: { file, line },
        nextStep: 'Restore the file, or write the requests again with --batch-out and --ask-missing.',
      });
      const entry = byIndex.get(parseCustomId(id)?.index ?? Number.NaN);
      yield {
        file,
        line,
        messages: body.messages.map(({ content }) => content),
        topics: entry?.seeds.map(({ name }) => name) ?? [],
        texts: entry?.texts ?? 0,
        upToUsd: entry?.upTo,
      };
    }
  }
}

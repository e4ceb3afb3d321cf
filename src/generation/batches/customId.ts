/** The name of a request in a batch: enough to match its reply, whatever file the reply is in. */
export interface CustomId {
  /** The run's name. */
  readonly run: string;
  /** The number of the batch file that the request went into. */
  readonly batch: number;
  /** The request's number in its run. */
  readonly index: number;
  /** The prompt's hash, or its first digits. */
  readonly prompt: string;
}

const promptDigits = 8;

export function formatCustomId({ run, batch, index, prompt }: CustomId): string {
  return `${run}-b${batch}-${index}-${prompt.slice(0, promptDigits)}`;
}

/** Undefined if Chartmark did not write it. */
export function parseCustomId(text: string): CustomId | undefined {
  const [, run, batch, index, prompt] = /^(.+)-b(\d{1,9})-(\d{1,9})-([0-9a-f]{8})$/.exec(text) ?? [];
  if (run === undefined || prompt === undefined) return undefined;
  return { run, batch: Number(batch), index: Number(index), prompt };
}

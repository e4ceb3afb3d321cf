/** The names of files in the folder of a run. Other modules take them from here. */
export const runFiles = {
  /** Task, model and settings of the run. */
  run: 'run.json',
  /** Every request, reply and outcome; lines are only appended. */
  ledger: 'ledger.jsonl',
  accepted: 'accepted.jsonl',
  rejected: 'rejected.jsonl',
  /** Held by the process that writes to the run. */
  lock: 'run.lock',
  /** Decisions about the texts by a person, or by a model that checks labels; lines are only appended. */
  review: 'review.jsonl',
  /** A comparison of the texts with the request. */
  report: 'report.json',
  /** The batch files of the run and their state. */
  batches: 'batches.json',
  /** A folder: result files fetched from a batch service. */
  batchResults: 'batches',
  /** A folder: ledgers of models that checked labels. Hidden, so that its files are not read as data. */
  verify: '.verify',
  /** The checked texts, next to the ledger of a model that checked labels. */
  questions: 'questions.jsonl',
} as const;

/** The files of a run's folder. No other module names them. */
export const runFiles = {
  /** What the run is: task, model, settings. */
  run: 'run.json',
  /** Every request, reply and outcome; lines are only added. */
  ledger: 'ledger.jsonl',
  accepted: 'accepted.jsonl',
  rejected: 'rejected.jsonl',
  /** Held by the process that writes to the run. */
  lock: 'run.lock',
  /** What a person, or a model that checks labels, decided about the texts; lines are only added. */
  review: 'review.jsonl',
  /** The texts beside what was asked for. */
  report: 'report.json',
  /** The batch files of the run and what has become of them. */
  batches: 'batches.json',
  /** A folder: result files fetched from a batch service. */
  batchResults: 'batches',
  /** A folder: ledgers of models that checked labels. Hidden, so that nobody takes its files for data. */
  verify: '.verify',
  /** Of such a ledger: the texts that were asked about. */
  questions: 'questions.jsonl',
} as const;

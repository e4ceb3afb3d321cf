import type { EpochResult, TrainHooks, TrainProgress } from './trainOptions.ts';

/** The weight of earlier updates in the reported loss: it averages about the last 20 updates. */
const lossMemory = 0.95;

/** The shortest time between two reports within a phase. */
const reportMilliseconds = 100;

interface Plan {
  readonly epochs: number;
  readonly steps: number;
}

/** Reports the progress of a run to its listener, at most ten times a second within a phase. */
export class ProgressReport {
  readonly #plan: Plan;
  readonly #listener: TrainHooks['onProgress'];
  readonly #now: () => number;
  #phase: TrainProgress['phase'] = 'train';
  #epoch = 1;
  #step = 0;
  /** In a resumed run: what was done before. */
  #before = { steps: 0, epochs: 0 };
  #results: readonly EpochResult[] = [];
  #saved: TrainProgress['saved'];
  #lossSum = 0;
  #lossWeight = 0;
  #examples = 0;
  #trainingSeconds = 0;
  #scoringSeconds = 0;
  #scorings = 0;
  #reported = -Infinity;

  /** `now` returns the milliseconds of a monotonic clock. */
  constructor(plan: Plan, listener: TrainHooks['onProgress'], now: () => number = () => performance.now()) {
    this.#plan = plan;
    this.#listener = listener;
    this.#now = now;
  }

  /** Continues a run whose `steps` and `results` are done and saved. */
  goOn(steps: number, results: readonly EpochResult[]): void {
    this.#before = { steps, epochs: results.length };
    this.#results = results;
    this.#saved = { epochs: results.length };
  }

  phase(phase: TrainProgress['phase'], epoch: number): void {
    this.#phase = phase;
    this.#epoch = epoch;
    this.#report();
  }

  stepped(loss: number, examples: number, seconds: number): void {
    this.#step++;
    this.#lossSum = lossMemory * this.#lossSum + (1 - lossMemory) * loss;
    this.#lossWeight = lossMemory * this.#lossWeight + (1 - lossMemory);
    this.#examples += examples;
    this.#trainingSeconds += seconds;
    if (this.#now() - this.#reported >= reportMilliseconds) this.#report();
  }

  scored(result: EpochResult, seconds: number): void {
    this.#results = [...this.#results, result];
    this.#scoringSeconds += seconds;
    this.#scorings++;
    this.#report();
  }

  /** Reports that the state is on disk, including all results so far. */
  saved(): void {
    this.#saved = { epochs: this.#results.length };
    this.#report();
  }

  #report(): void {
    this.#reported = this.#now();
    const { epochs, steps } = this.#plan;
    const devF1 = this.#results.at(-1)?.devF1;
    this.#listener?.({
      phase: this.#phase,
      epoch: this.#epoch,
      epochs,
      step: this.#before.steps + this.#step,
      steps,
      memoryBytes: process.memoryUsage.rss(),
      results: this.#results,
      ...(this.#saved === undefined ? {} : { saved: this.#saved }),
      ...(devF1 === undefined ? {} : { devF1 }),
      ...(this.#step === 0 ? {} : this.#rates()),
    });
  }

  #rates() {
    const { steps, epochs } = this.#before;
    const scoring = this.#scorings === 0 ? 0 : this.#scoringSeconds / this.#scorings;
    return {
      loss: this.#lossSum / this.#lossWeight,
      examplesPerSecond: this.#examples / this.#trainingSeconds,
      secondsLeft:
        ((this.#plan.steps - steps - this.#step) * this.#trainingSeconds) / this.#step +
        (this.#plan.epochs - epochs - this.#scorings) * scoring,
    };
  }
}

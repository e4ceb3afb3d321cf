import { counted, percent } from '../../src/foundation/numbers.ts';
import type { TrainingView } from './protocol.ts';
import { lineChart } from './lineChart.ts';
import { ticksUpTo, wholeTicks } from '../ticks.ts';

/** The width of "100 epochs" and a gap, in pixels. */
const lastLabelWidth = 90;

/** Both curves have the epochs as their x axis, so that they can be compared. */
function epochAxis({ epochs }: TrainingView, width: number) {
  const max = Math.max(1, epochs);
  const ticks = wholeTicks(max, 8)
    .filter((at) => at === max || ((max - at) / max) * width > lastLabelWidth)
    .map((at) => ({ at, text: at === max ? counted(at, 'epoch') : String(at) }));
  return { min: 0, max, ticks };
}

/** Loss by update. `width` in pixels. */
export function lossCurve(view: TrainingView, width: number): SVGElement {
  const { losses, steps, epochs } = view;
  const ticks = ticksUpTo(Math.max(...losses.map(({ loss }) => loss), 1e-3), 4);
  const [first, last] = [losses[0], losses.at(-1)];
  const perEpoch = Math.max(1, steps / Math.max(1, epochs));
  return lineChart({
    kind: 'loss',
    width,
    summary:
      first === undefined || last === undefined
        ? 'Loss: no data yet.'
        : `Loss: ${first.loss.toFixed(3)} at first, ${last.loss.toFixed(3)} after ${last.step} of ${steps} steps.`,
    x: epochAxis(view, width),
    y: {
      min: 0,
      max: ticks.at(-1) as number,
      ticks: ticks.map((at) => ({ at, text: String(Number(at.toPrecision(3))) })),
    },
    line: losses.map(({ step, loss }) => [step / perEpoch, loss]),
  });
}

/** F1 on the dev set by epoch. `width` in pixels. */
export function scoreCurve(view: TrainingView, width: number): SVGElement {
  const { results, bestEpoch } = view;
  const best = results.find(({ epoch }) => epoch === bestEpoch);
  return lineChart({
    kind: 'score',
    width,
    summary:
      best === undefined
        ? 'F1 on the dev set: no epoch has been scored yet.'
        : `F1 on the dev set by epoch: ${results.map(({ devF1 }) => percent(devF1)).join(', ')}. ` +
          `The best is ${percent(best.devF1)}, epoch ${best.epoch}.`,
    x: epochAxis(view, width),
    y: { min: 0, max: 1, ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${at * 100}%` })) },
    line: results.map(({ epoch, devF1 }) => [epoch, devF1]),
    dots: results.map((result) => ({
      x: result.epoch,
      y: result.devF1,
      text: `Epoch ${result.epoch}: F1 ${percent(result.devF1)}`,
      label: result === best ? `best ${percent(result.devF1)}` : undefined,
    })),
  });
}

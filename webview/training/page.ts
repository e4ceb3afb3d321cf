import { cssPercent, grouped, percent } from '../../src/foundation/numbers.ts';
import { card, element, quiet, section, table } from '../dom.ts';
import type { TrainingAction, TrainingView } from './protocol.ts';
import { button } from '../ui/button.ts';
import { lossCurve, scoreCurve } from './curves.ts';

interface TrainingPage {
  readonly root: HTMLElement;
  show(view: TrainingView): void;
}

/**
 * The page of a training. It is built once and changes in place: a button that has the focus keeps it while
 * the numbers run. `act` hears which button is pressed.
 */
export function trainingPage(act: (action: TrainingAction) => void): TrainingPage {
  const title = element('h1', {});
  const status = element('p', { class: 'quiet status' });
  const fill = element('span', { class: 'fill' });
  const progress = element(
    'div',
    { class: 'progress', attributes: { role: 'progressbar', 'aria-label': 'Progress' } },
    fill,
  );
  const announcement = element('p', { class: 'unseen', attributes: { role: 'status' } });
  const actions = element('div', {
    class: 'actions',
    attributes: { role: 'group', 'aria-label': 'Training' },
  });
  const figures = element('section', { class: 'figures', attributes: { 'aria-label': 'Figures' } });
  const loss = element('div', { class: 'chart' });
  const score = element('div', { class: 'chart' });
  const measured = quiet('');
  const notes = element('div', { class: 'notes' });
  const types = element('div', { class: 'types' });
  const epochs = element('div', { class: 'epochs' });
  let shown: TrainingView | undefined;

  const drawCurves = (): void => {
    if (shown === undefined || loss.clientWidth === 0) return;
    loss.replaceChildren(lossCurve(shown, loss.clientWidth));
    score.replaceChildren(scoreCurve(shown, score.clientWidth));
  };
  new ResizeObserver(drawCurves).observe(loss);

  return {
    root: element(
      'main',
      {},
      element('header', {}, element('div', { class: 'title' }, title, status), actions),
      progress,
      announcement,
      figures,
      notes,
      section('F1 on the dev set', measured, score),
      types,
      section('Loss', quiet('By step, smoothed over about twenty; lower is better.'), loss),
      epochs,
    ),
    show(view) {
      const before = shown;
      shown = view;
      title.textContent = view.title;
      status.textContent = view.status;
      progress.hidden = view.state !== 'running' && view.state !== 'stopping';
      progress.setAttribute('aria-valuenow', String(Math.round(view.fraction * 100)));
      fill.style.width = cssPercent(view.fraction);
      // A live region speaks at each change, even to the same words.
      if (announcement.textContent !== view.announcement) announcement.textContent = view.announcement;
      if (JSON.stringify(before?.actions) !== JSON.stringify(view.actions)) {
        actions.replaceChildren(...actionButtons(view, act));
      }
      figures.replaceChildren(...view.figures.map(({ name, value, note }) => card(name, value, note)));
      measured.textContent = `After each epoch, on ${view.measuredOn}, which the model does not learn from. To learn how good it is on gold data, evaluate it there.`;
      if (JSON.stringify(before?.notes) !== JSON.stringify(view.notes)) {
        notes.replaceChildren(...view.notes.map((note) => quiet(`Note: ${note}`)));
      }
      drawCurves();
      types.hidden = view.types.length === 0;
      if (JSON.stringify(before?.types) !== JSON.stringify(view.types))
        types.replaceChildren(typeTable(view));
      epochs.hidden = view.results.length === 0;
      if (before?.results.length !== view.results.length) epochs.replaceChildren(epochTable(view));
    },
  };
}

function actionButtons(view: TrainingView, act: (action: TrainingAction) => void): HTMLElement[] {
  return view.actions.map(({ action, title, isPrimary }) =>
    button({ text: title, isPrimary: isPrimary === true, onClick: () => act(action) }),
  );
}

/** The values of the curves as a table with a row for each epoch, the newest first. */
function epochTable({ results, bestEpoch }: TrainingView): HTMLElement {
  const rows = [...results].reverse().map(({ epoch, loss, devF1 }) => {
    const isBest = epoch === bestEpoch;
    return {
      class: isBest ? 'best' : '',
      cells: [String(epoch), percent(devF1), loss.toFixed(3), isBest ? 'best' : ''],
    };
  });
  return table('Epochs', ['Epoch', 'Dev F1', 'Loss', ''], rows);
}

function typeTable({ types, results }: TrainingView): HTMLElement {
  const rows = types.map(({ label, f1, gold }) => ({ cells: [label, percent(f1), grouped(gold)] }));
  const epoch = results.at(-1)?.epoch;
  return section(
    epoch === undefined ? 'F1 by type' : `F1 by type after epoch ${epoch}`,
    table('F1 by type', ['Type', 'Dev F1', 'In the dev set'], rows),
  );
}

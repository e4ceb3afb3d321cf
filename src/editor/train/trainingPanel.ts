import * as vscode from 'vscode';
import type { TrainingAction, TrainingProtocol, TrainingView } from '../../../webview/training/protocol.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Page } from '../../tasks/pages/pageLink.ts';
import { registerPanels } from '../panels.ts';
import { trainingReaders } from '../../tasks/pages/readers.ts';
import type { Services } from '../services.ts';

/** Between two drawings: the page shares the cores with the training. */
const drawMilliseconds = 500;

/** There is one panel, which has this key. */
const key = 'training';

interface Shown {
  readonly view: TrainingView;
  readonly act: (action: TrainingAction) => unknown;
}

/** The one panel that shows the latest training of this window. */
export interface TrainingPanel extends vscode.Disposable {
  /** Shows a training that begins, beside what is being edited. `act` does what the page's buttons say. */
  open(view: TrainingView, act: (action: TrainingAction) => unknown): Promise<void>;
  /** Takes in the state of the training; drawn soon, or when the panel is next looked at. */
  update(view: TrainingView): void;
}

/** Makes the panel and `chartmark.showTraining`, which brings it back with all that it knows. */
export function registerTrainingPanel(services: Services): TrainingPanel {
  const panels = registerPanels<TrainingProtocol>(services, {
    name: 'training',
    pageTitle: 'Training',
    readers: trainingReaders,
  });
  let shown: Shown | undefined;
  let timer: NodeJS.Timeout | undefined;
  let drawn = -Infinity;

  const draw = (): void => {
    clearTimeout(timer);
    timer = undefined;
    drawn = performance.now();
    panels.refresh(key);
  };
  const show = (begun: Shown, viewColumn: vscode.ViewColumn): Promise<void> => {
    const page: Page<TrainingProtocol> = {
      title: begun.view.title,
      content: () => (shown ?? begun).view,
      handlers: { act: ({ action }) => (shown ?? begun).act(action) },
    };
    return panels.show(key, () => page, { viewColumn, preserveFocus: true });
  };
  const command = services.commands.register('chartmark.showTraining', async () => {
    if (shown === undefined) {
      throw new UserError('No training was started in this window yet.', {
        nextStep: 'Run "Chartmark: Train Local Model".',
      });
    }
    await show(shown, vscode.ViewColumn.Active);
    return shown.view;
  });

  return {
    open(view, act) {
      shown = { view, act };
      return show(shown, vscode.ViewColumn.Beside);
    },
    update(view) {
      if (shown === undefined) return;
      const isTurn = view.state !== shown.view.state;
      shown = { ...shown, view };
      const wait = isTurn ? 0 : drawn + drawMilliseconds - performance.now();
      if (wait <= 0) draw();
      else timer ??= setTimeout(draw, wait);
    },
    dispose() {
      clearTimeout(timer);
      command.dispose();
      panels.dispose();
    },
  };
}

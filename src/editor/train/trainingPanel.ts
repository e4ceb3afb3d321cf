import * as vscode from 'vscode';
import type {
  HostToTrainingPageMessage,
  TrainingAction,
  TrainingPageToHostMessage,
  TrainingView,
} from '../../../webview/protocol.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Services } from '../services.ts';
import { showFailure } from '../showFailure.ts';
import { webviewPage } from '../webviewPage.ts';

const viewType = 'chartmark.training';

/** Between two drawings: the page shares the cores with the training. */
const drawMilliseconds = 500;

/** The one panel that shows the latest training of this window. */
export interface TrainingPanel extends vscode.Disposable {
  /** Shows a training that begins, beside what is being edited. `act` does what the page's buttons say. */
  open(view: TrainingView, act: (action: TrainingAction) => unknown): void;
  /** Takes in how the training stands; drawn soon, or when the panel is next looked at. */
  update(view: TrainingView): void;
}

/** Makes the panel and `chartmark.showTraining`, which brings it back with all that it knows. */
export function registerTrainingPanel({ resources, log, commands }: Services): TrainingPanel {
  const page = webviewPage(resources, 'training', 'Training');
  let shown: { readonly view: TrainingView; readonly act: (action: TrainingAction) => unknown } | undefined;
  let panel: vscode.WebviewPanel | undefined;
  let timer: NodeJS.Timeout | undefined;
  let drawn = -Infinity;

  const draw = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (shown === undefined || panel?.visible !== true) return;
    drawn = performance.now();
    const message: HostToTrainingPageMessage = { type: 'showTraining', training: shown.view };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's webview takes no origin.
    void panel.webview.postMessage(message);
  };
  const receive = async (message: TrainingPageToHostMessage): Promise<void> => {
    if (message.type === 'ready') draw();
    else await shown?.act(message.action);
  };
  const reveal = (view: TrainingView, column: vscode.ViewColumn): void => {
    if (panel !== undefined) {
      panel.title = view.title;
      panel.reveal(undefined, true);
      return;
    }
    const made = vscode.window.createWebviewPanel(
      viewType,
      view.title,
      { viewColumn: column, preserveFocus: true },
      page.options,
    );
    made.webview.onDidReceiveMessage((message: TrainingPageToHostMessage) => {
      receive(message).catch((error: unknown) => void showFailure(log, viewType, error));
    });
    made.onDidDispose(() => (panel = undefined));
    page.fill(made);
    panel = made;
  };
  const command = commands.register('chartmark.showTraining', () => {
    if (shown === undefined) {
      throw new UserError('No training was started in this window yet.', {
        nextStep: 'Run "Chartmark: Train Local Model".',
      });
    }
    reveal(shown.view, vscode.ViewColumn.Active);
    return shown.view;
  });

  return {
    open(view, act) {
      shown = { view, act };
      reveal(view, vscode.ViewColumn.Beside);
      draw();
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
      panel?.dispose();
    },
  };
}

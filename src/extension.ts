import type * as vscode from 'vscode';
import { registerQuestions } from './editor/ask.ts';
import { registerBioDetection } from './editor/detectBio.ts';
import { registerCompareReports } from './editor/evaluate/compareReports.ts';
import { registerTabStops } from './editor/bio/tabStops.ts';
import { registerDiagnostics } from './editor/diagnostics.ts';
import { registerEvaluate } from './editor/evaluate/evaluate.ts';
import { registerReportPanels } from './editor/evaluate/reportPanels.ts';
import { registerExtract } from './editor/extract/extract.ts';
import { registerBatches } from './editor/generate/batches/manageBatches.ts';
import { registerCollectTopics } from './editor/generate/collectTopics.ts';
import { registerGenerate } from './editor/generate/generate.ts';
import { registerResumeRun } from './editor/generate/resumeRun.ts';
import { registerBioHighlights } from './editor/highlights/bioHighlights.ts';
import { createEntityStyles } from './editor/highlights/entityStyles.ts';
import { registerHover } from './editor/hover.ts';
import { registerOpenAsBio } from './editor/openAsBio.ts';
import { registerOpenProject } from './editor/openProject.ts';
import { registerAnnotate } from './editor/predictions/annotate.ts';
import { registerPredictionDrawing } from './editor/predictions/drawPredictions.ts';
import { registerLabelHints } from './editor/predictions/labelHints.ts';
import { registerPredictionOutline } from './editor/predictions/mentionOutline.ts';
import { registerSavePredictions } from './editor/predictions/save.ts';
import { registerFindPrompt } from './editor/prompts/findPrompt.ts';
import { createPromptViews } from './editor/prompts/promptViews.ts';
import { registerPrompts } from './editor/prompts/prompts.ts';
import { registerCheckLabels } from './editor/review/checkLabels.ts';
import { registerFindCopies } from './editor/review/findCopies.ts';
import { registerReview } from './editor/review/review.ts';
import { registerSelectModel } from './editor/selectModel.ts';
import { registerApiKey } from './editor/sending/apiKey.ts';
import { registerOutline } from './editor/sentenceOutline.ts';
import { createServices } from './editor/services.ts';
import { registerDownloadEncoder } from './editor/train/downloadEncoder.ts';
import { registerTrain } from './editor/train/train.ts';
import { registerTrainingPanel } from './editor/train/trainingPanel.ts';
import { registerManageFiles } from './editor/views/manageFiles.ts';
import { registerViews } from './editor/views/views.ts';
import { registerWalkthrough } from './editor/walkthrough.ts';

/** What other extensions and the tests may ask this one. */
export interface ChartmarkApi {
  /** Milliseconds that the latest redrawings of highlights took, oldest first. */
  readonly highlightTimings: () => readonly number[];
}

/** Called by VS Code when a file or command needs the extension. */
export function activate(context: vscode.ExtensionContext): ChartmarkApi {
  const services = createServices(context);
  const styles = createEntityStyles();
  const highlights = registerBioHighlights(services, styles);
  const panels = registerReportPanels(services);
  const trainingPanel = registerTrainingPanel(services);
  const promptViews = createPromptViews();
  context.subscriptions.push(
    styles,
    highlights,
    panels,
    trainingPanel,
    promptViews,
    registerQuestions(),
    registerHover(services),
    registerOutline(services),
    registerBioDetection(services),
    registerTabStops(),
    registerDiagnostics(services),
    registerGenerate(services),
    registerBatches(services),
    registerResumeRun(services),
    registerCollectTopics(services),
    registerPrompts(services, promptViews),
    registerFindPrompt(services, promptViews),
    registerReview(services),
    registerCheckLabels(services),
    registerFindCopies(services),
    registerTrain(services, trainingPanel),
    registerDownloadEncoder(services),
    registerAnnotate(services),
    registerExtract(services),
    registerSavePredictions(services),
    registerPredictionDrawing(services, styles),
    registerLabelHints(services),
    registerPredictionOutline(services),
    registerEvaluate(services, panels),
    registerCompareReports(services, promptViews),
    registerOpenAsBio(services),
    registerOpenProject(services),
    registerSelectModel(services),
    registerApiKey(services),
    registerViews(services),
    registerManageFiles(services),
    registerWalkthrough(services, context.extension.id),
  );
  return { highlightTimings: highlights.timings };
}

import { describe, type Outcome } from './results.ts';
import { saveEvidence, type Session } from './session.ts';
import { withTimeLimit } from './timeLimit.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** What a user does in the workbench, from opening it to the thing they wanted. */
export interface Journey {
  readonly title: string;
  /** The file of the tests' workspace that is open at the start. */
  readonly openFile?: string;
  /** Starts in an empty folder instead. */
  readonly empty?: boolean;
  /** The workspace is not trusted. */
  readonly untrusted?: boolean;
  /** For the steps after the workbench stands; 60 when absent. */
  readonly seconds?: number;
  steps(workbench: Workbench): Promise<void>;
}

/** Walks one journey in its own tab and its own copy of the workspace. */
export async function walk(session: Session, journey: Journey): Promise<Outcome> {
  const { title, seconds = 60 } = journey;
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  try {
    const workbench = await withTimeLimit('Opening the workbench', 120, openWorkbench(session, journey));
    await withTimeLimit('The journey', seconds, journey.steps(workbench));
    await workbench.page.close();
    return { title, seconds: elapsed() };
  } catch (error) {
    const page = session.browser.pages().at(-1);
    const evidence = page === undefined ? 'none' : await saveEvidence(session, page, title);
    await page?.close();
    return { title, seconds: elapsed(), failure: `${describe(error)}\nEvidence: ${evidence}` };
  }
}

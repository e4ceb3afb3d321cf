import { askOne } from '../ask.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { endpointOf } from '../sending/endpoint.ts';
import type { ModelKind, WriterKind } from '../sending/chooseModel.ts';

interface Question {
  readonly title: string;
  readonly placeHolder: string;
  /** Whether templates could write, too. */
  readonly offline: boolean;
  /** What is sent, if it is more than prompts. */
  readonly sends?: string;
}

/** Who writes or answers. The project's own choice comes first. */
export function askProvider(
  place: Pick<OpenProject, 'project'>,
  question: Question & { readonly offline: false },
): Promise<ModelKind>;
export function askProvider(place: Pick<OpenProject, 'project'>, question: Question): Promise<WriterKind>;
export async function askProvider(
  { project }: Pick<OpenProject, 'project'>,
  question: Question,
): Promise<WriterKind> {
  const { host, model } = endpointOf(project);
  const { sends } = question;
  const offline = {
    label: 'Offline',
    description: 'no key, no network',
    detail: 'Nothing is sent. Good enough for a first model.',
    value: 'offline' as const,
  };
  const openai = {
    label: 'OpenAI-compatible endpoint',
    description: `${model} at ${host}`,
    detail:
      sends === undefined
        ? 'No notes are sent. Prompts are, after you agree.'
        : `${sends} are sent, after you agree.`,
    value: 'openai' as const,
  };
  const editor = {
    label: 'Language model of the editor',
    description: 'from an extension, such as GitHub Copilot',
    detail:
      sends === undefined
        ? 'No notes are sent. Prompts are, after you agree, and use your quota.'
        : `${sends} are sent, after you agree, and use your quota.`,
    value: 'editor' as const,
  };
  const choices =
    question.offline && project.generation.provider === 'offline'
      ? [offline, openai, editor]
      : [openai, ...(question.offline ? [offline] : []), editor];
  return askOne<WriterKind>(question.title, question.placeHolder, choices);
}

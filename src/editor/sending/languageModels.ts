import * as vscode from 'vscode';
import { grouped } from '../../foundation/numbers.ts';
import { UserError } from '../../foundation/userError.ts';
import { askOne } from '../ask.ts';
import { languageModelName } from './languageModelProvider.ts';

/**
 * The language model of the editor with this name, or one that the user picks. Throws `UserError` if there is no such
 * model or none at all, `CancelledError` if the user picks none.
 */
export async function chooseLanguageModel(name?: string): Promise<vscode.LanguageModelChat> {
  const models = await vscode.lm.selectChatModels();
  if (models.length === 0) {
    throw new UserError('The editor has no language models.', {
      nextStep:
        'Install an extension that provides language models and sign in there, or choose another writer.',
    });
  }
  if (name === undefined) {
    return askOne(
      'Language Model of the Editor',
      'Which model?',
      models.map((model) => ({
        label: model.name,
        description: model.vendor,
        detail: `${model.family} ${model.version}, prompts of up to ${grouped(model.maxInputTokens)} tokens`,
        value: model,
      })),
    );
  }
  const found = models.find((model) => languageModelName(model) === name);
  if (found !== undefined) return found;
  throw new UserError(`The editor has no language model "${name}".`, {
    nextStep: `Choose one of ${models.map(languageModelName).join(', ')}.`,
  });
}

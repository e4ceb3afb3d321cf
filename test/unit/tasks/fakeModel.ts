import type { CompletionRequest, ModelInfo } from '../../../src/llm/provider.ts';
import type { ModelChoice } from '../../../src/tasks/sending/modelChoice.ts';

interface FakeModel {
  readonly choice: ModelChoice;
  /** What it was sent. */
  readonly requests: readonly CompletionRequest[];
  /** How often it was asked to connect. */
  readonly connections: () => number;
}

/** A model on another computer that never leaves this process. */
export function fakeModel(reply: (request: CompletionRequest) => string): FakeModel {
  const info: ModelInfo = {
    name: 'openai',
    model: 'house',
    destination: { kind: 'remote', host: 'llm.example.org' },
  };
  const requests: CompletionRequest[] = [];
  let connections = 0;
  const choice: ModelChoice = {
    info,
    connect: () => {
      connections++;
      return Promise.resolve({
        ...info,
        complete: (request) => {
          requests.push(request);
          return Promise.resolve({ text: reply(request), tokens: { input: 10, output: 5 } });
        },
      });
    },
  };
  return { choice, requests, connections: () => connections };
}

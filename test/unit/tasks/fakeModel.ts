import { vi } from 'vitest';
import type { CompletionRequest, ModelInfo } from '../../../src/llm/provider.ts';
import type { ModelChoice } from '../../../src/tasks/sending/modelChoice.ts';

interface FakeModel {
  readonly choice: ModelChoice;
  /** What it was sent. */
  readonly requests: readonly CompletionRequest[];
  /** How often it was asked to connect. */
  readonly connections: () => number;
}

const info: ModelInfo = {
  name: 'openai',
  model: 'house',
  destination: { kind: 'remote', host: 'llm.example.org' },
};

/** The connection to `unusedModel`, which fails: for what is decided before anything is sent. */
export const connect = vi.fn<ModelChoice['connect']>(() => Promise.reject(new Error('Nothing may be sent.')));
export const unusedModel: ModelChoice = {
  info,
  connect,
  measure: (messages) => Promise.resolve(`It counts ${messages.length} messages.`),
};

/** A model on another computer that never leaves this process. */
export function fakeModel(reply: (request: CompletionRequest) => string): FakeModel {
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

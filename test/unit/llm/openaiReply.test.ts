import { describe, expect, it } from 'vitest';
import { readCompletion } from '../../../src/llm/openai/openaiReply.ts';

function replyOf(content: unknown, usage?: unknown) {
  return readCompletion(
    { choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }], usage },
    'api.example.org',
  );
}

describe('the reply in a completion', () => {
  it.each([
    ['a text', '{"texts": []}', '{"texts": []}'],
    ['nothing', null, ''],
    [
      'parts, of which the thoughts are none of it',
      [
        { type: 'thinking', thinking: [{ type: 'text', text: 'Gout is a disease.' }] },
        { type: 'text', text: '{"texts": ' },
        { type: 'text', text: '[]}' },
        { type: 'reference', reference_ids: [1] },
      ],
      '{"texts": []}',
    ],
    ['parts of another shape', [{ type: 'text' }, 'x', null], ''],
  ])('may be %s', (_, content, text) => {
    expect(replyOf(content).text).toBe(text);
  });

  it.each([
    [
      { prompt_tokens: 100, completion_tokens: 0 },
      { input: 100, output: 0 },
    ],
    [{ prompt_tokens: -100, completion_tokens: 50 }, undefined],
    [{ prompt_tokens: 1.5, completion_tokens: 50 }, undefined],
    [{ prompt_tokens: '100', completion_tokens: 50 }, undefined],
    [{ prompt_tokens: 100 }, undefined],
    [null, undefined],
  ])('has token counts only if they are whole numbers: %o', (usage, tokens) => {
    expect(replyOf('x', usage).tokens).toEqual(tokens);
  });
});

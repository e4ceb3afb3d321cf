import { APIError } from 'openai';
import { describe, expect, it } from 'vitest';
import { requestRefusal } from '../../../src/llm/openai/openaiRefusal.ts';

/** Worded like answers of the services named, shortened; and what they are about. */
const sayings = [
  // api.openai.com
  [
    400,
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000.",
    'length',
  ],
  [400, 'max_tokens is too large: 20000. This model supports at most 16384 completion tokens.', 'length'],
  [
    400,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'.",
    'limit-name',
  ],
  [
    400,
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    'form',
  ],
  // Azure
  [
    400,
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    'content-filter',
  ],
  [
    400,
    'response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later',
    'form',
  ],
  // vLLM
  [400, "'max_tokens' is too large: 4512. This model's maximum context length is 2048 tokens.", 'length'],
  // llama.cpp
  [400, 'the request exceeds the available context size, try increasing it', 'length'],
  [400, 'Failed to parse grammar', 'form'],
  // LM Studio
  [400, "'response_format.type' must be 'json_schema' or 'text'", 'form'],
  [400, 'Trying to keep the first 5000 tokens when context the overflows.', 'length'],
  [422, 'Extra inputs are not permitted: response_format', 'form'],
  [400, 'Bad request', 'unknown'],
  [500, 'The server had an error while processing your request.', undefined],
  [500, 'response_format is not implemented', 'form'],
  // llama-cpp-python
  [
    500,
    "1 validation error: {'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be 'text' or 'json_object'\"}",
    'form',
  ],
] as const;

describe('why a service rejects a request', () => {
  it.each(sayings)('is read from %i "%s": %s', (status, message, expected) => {
    const error = APIError.generate(
      status,
      { error: { message, code: null, param: null } },
      undefined,
      new Headers(),
    );
    expect(requestRefusal(error)).toBe(expected);
  });
});

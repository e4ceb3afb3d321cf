import { APIError } from 'openai';
import { isJsonObject, type JsonObject, type JsonValue } from '../../foundation/json.ts';

/** What services say about an error without a status, and the status that it would have. */
const statuses: readonly (readonly [RegExp, number])[] = [
  [/insufficient.{0,12}(?:credit|balance|fund|quota)|quota.{0,20}exceeded|payment|billing/, 402],
  [/rate.?limit|too many requests|throttl/, 429],
  [/overloaded|unavailable|capacity|no instances?/, 503],
  [/api.?key|unauthori[sz]ed|authenticat|auth credentials|invalid.{0,5}token/, 401],
  [/permission|forbidden|not allowed/, 403],
  [/model.{0,60}(?:not found|not exist|unknown)|no such model|not.?found/, 404],
  [/time.?out|timed out/, 408],
  [
    /context|response_format|json_|schema|grammar|system|stream|max_|content.?filter|invalid.?request|unsupported|not supported/,
    400,
  ],
];

/**
 * The error in an answer that has a status of success, as routers and proxies send it: its code decides, as a number, as
 * a word, or else its words. Undefined if the answer is no error.
 */
export function errorInAnswer(answer: unknown): APIError | undefined {
  if (!isJsonObject(answer)) return undefined;
  const told = toldIn(answer);
  if (told === undefined) return undefined;
  const codes = [
    told['code'],
    told['status'],
    told['status_code'],
    answer['code'],
    answer['status'],
    told['type'],
  ];
  const status = codes.map(statusOf).find((one) => one !== undefined) ?? statusByWords(codes, told);
  return APIError.generate(status, { error: told }, undefined, new Headers());
}

/** The description of the error. */
function toldIn(answer: JsonObject): JsonObject | undefined {
  const { choices, error, errors, object, detail, message } = answer;
  const [first] = Array.isArray(choices) ? (choices as readonly JsonValue[]) : [];
  const own =
    error ??
    (Array.isArray(errors) ? errors[0] : undefined) ??
    (isJsonObject(first) ? first['error'] : undefined);
  if (isJsonObject(own)) return own;
  if (typeof own === 'string' && own !== '') return { message: own };
  if (object === 'error') return answer;
  if (first !== undefined || (choices !== undefined && choices !== null)) return undefined;
  const isTold = statusOf(answer['code']) !== undefined || statusOf(answer['status']) !== undefined;
  if (isTold && typeof message === 'string') return answer;
  return typeof detail === 'string' ? { message: detail } : undefined;
}

/** The status in a code: 429, "429", "HTTP 429". */
function statusOf(code: JsonValue | undefined): number | undefined {
  if (typeof code !== 'number' && typeof code !== 'string') return undefined;
  const digits = /^(?:HTTP\s?)?([45]\d{2})$/i.exec(String(code).trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function statusByWords(codes: readonly (JsonValue | undefined)[], { message }: JsonObject): number {
  const words = [...codes, message]
    .filter((one) => typeof one === 'string')
    .join(' ')
    .slice(0, 2000)
    .toLowerCase();
  return statuses.find(([pattern]) => pattern.test(words))?.[1] ?? 500;
}

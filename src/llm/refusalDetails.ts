import type { Refused } from './provider.ts';

/** The reason in words. Run folders store them. */
export const refusalDetails: Readonly<Record<Refused, string>> = {
  refusal: 'the model declined to write',
  'content-filter': "the service's content filter stopped it",
  'bad-request': 'the service took other requests, but not this one',
  'too-large': 'the answer was larger than any reply can be',
  'too-long': 'the request is longer than the model can take',
};

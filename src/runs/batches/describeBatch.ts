import type { Batch } from './batchList.ts';

/** A batch of a run in words: how large it is and how it does. */
export function describeBatch({ number, requests, service, isAskedFor, fetched, isClosed }: Batch): string {
  const state =
    isClosed === true
      ? 'settled'
      : service === undefined
        ? isAskedFor === true
          ? 'perhaps submitted: submit again to find out'
          : 'not submitted'
        : `${service.status}, ${service.completed} done, ${service.failed} failed`;
  return [
    `Batch ${number}: ${requests} requests, ${state}`,
    ...(service?.errors === undefined ? [] : [`the service names ${service.errors.join(', ')}`]),
    ...(fetched === undefined || isClosed === true ? [] : ['fetched']),
  ].join('; ');
}

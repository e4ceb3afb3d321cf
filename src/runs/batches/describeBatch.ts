import { counted } from '../../foundation/numbers.ts';
import type { Batch } from './batchList.ts';

/** The size and state of a batch, as a line for a person. */
export function describeBatch({ number, requests, service, fetched, ...batch }: Batch): string {
  const isSettled = batch.isClosed === true;
  const state =
    service !== undefined
      ? `${service.status}, ${service.completed} done, ${service.failed} failed`
      : batch.isAskedFor === true
        ? 'may have been submitted: submit again to find out'
        : 'not submitted';
  return [
    `Batch ${number}: ${counted(requests, 'request')}, ${isSettled ? 'settled' : state}`,
    ...(service?.errors === undefined ? [] : [`the service reports ${service.errors.join(', ')}`]),
    ...(fetched === undefined || isSettled ? [] : ['fetched']),
  ].join('; ');
}

import type { UserError } from '../foundation/userError.ts';

/** One message for a person: what happened and what to do, then the place, named by `shownPath`. */
export function failureText(error: UserError, shownPath: (file: string) => string): string {
  const { message, nextStep, place } = error;
  const where =
    place === undefined
      ? ''
      : `${shownPath(place.file)}${place.line === undefined ? '' : `, line ${place.line}`}: `;
  return `${where}${message}${nextStep === undefined ? '' : ` ${nextStep}`}`;
}

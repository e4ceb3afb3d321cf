import type { ReplyForm } from '../provider.ts';

/** The strictest first; every service supports the last. */
const forms: readonly ReplyForm[] = ['schema', 'json', 'text'];

/** After this many requests that succeeded only in a weaker form, the stronger one counts as unsupported. */
const enoughDoubt = 2;

/** What is known about the forms that a service supports. */
export interface ReplyForms {
  /** The form to try first. `remembered`, from an earlier run, counts only in the first call. */
  first(remembered: ReplyForm | undefined): ReplyForm;
  weaker(form: ReplyForm): ReplyForm | undefined;
  /** Whether a request was ever answered in this form. */
  hasWorked(form: ReplyForm): boolean;
  /** Records that a request was answered in `form`, after the forms in `refused` were refused, certainly or possibly. */
  worked(form: ReplyForm, refused: readonly { readonly form: ReplyForm; readonly isSure: boolean }[]): void;
}

export function createReplyForms(): ReplyForms {
  const hasWorked = new Set<ReplyForm>();
  const doubts = new Map<ReplyForm, number>();
  let strictest: ReplyForm | undefined;
  return {
    first: (remembered) => {
      strictest ??= remembered ?? 'schema';
      const usable = forms.slice(forms.indexOf(strictest));
      return usable.find((form) => (doubts.get(form) ?? 0) < enoughDoubt) ?? 'text';
    },
    weaker: (form) => forms[forms.indexOf(form) + 1],
    hasWorked: (form) => hasWorked.has(form),
    worked: (form, refused) => {
      hasWorked.add(form);
      for (const { form: other, isSure } of refused) {
        doubts.set(other, isSure ? enoughDoubt : (doubts.get(other) ?? 0) + 1);
      }
    },
  };
}

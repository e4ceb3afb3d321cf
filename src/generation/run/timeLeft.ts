/** Estimates how long the rest of a run takes, so steadily that a person can plan with it. */
export interface TimeLeft {
  /** Notes that so many texts are done after so many seconds. */
  readonly done: (texts: number, seconds: number) => void;
  /** Seconds for `texts` more, after so many seconds; undefined as long as there is no rate. */
  readonly left: (texts: number, seconds: number) => number | undefined;
}

/** The rate of so many last seconds counts, or of so many last replies if these took longer. */
const windowSeconds = 60;
const windowReplies = 8;
/** A new estimate counts this much beside the one before. */
const weightOfNew = 0.2;

/**
 * The time before the first reply does not count: the first request is sent alone. The rate is that of the last minute, and
 * the estimated end moves slowly from one estimate to the next.
 */
export function timeLeft(): TimeLeft {
  const marks: { readonly texts: number; readonly seconds: number }[] = [];
  let end: number | undefined;
  return {
    done: (texts, seconds) => {
      marks.push({ texts, seconds });
      while (marks.length > windowReplies && seconds - (marks[1]?.seconds ?? seconds) > windowSeconds) {
        marks.shift();
      }
    },
    left: (texts, seconds) => {
      const [first] = marks;
      const last = marks.at(-1);
      if (texts <= 0) return 0;
      if (first === undefined || last === undefined || marks.length < 3) return undefined;
      const rate = (last.texts - first.texts) / Math.max(0.001, last.seconds - first.seconds);
      if (rate <= 0) return undefined;
      const estimate = seconds + texts / rate;
      end = end === undefined ? estimate : end + weightOfNew * (estimate - end);
      return Math.max(0, end - seconds);
    },
  };
}

/** Seconds as they are shown: nobody can rely on more than two digits. */
export function roundedSeconds(seconds: number): number {
  const step = seconds < 20 ? 1 : seconds < 120 ? 10 : seconds < 3600 ? 60 : 600;
  return Math.round(seconds / step) * step;
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}

/** Never at the end of a sentence: something always follows them. */
const leading = wordSet(
  'dr drs mr mrs ms messrs prof st vs e.g eg i.e ie cf viz incl resp esp dept gen rev sgt capt lt attn',
);

/** Abbreviations only if a number follows. */
const numbered = wordSet('no nos fig figs ref refs tab vol approx ca');

/** In the middle or at the end of a sentence: units, doses, routes, forms, degrees, times. */
const either = wordSet(
  'mg mcg ug kg g gm gms gr ml cc dl l lb lbs oz cm mm in ft hr hrs h min mins sec secs wk wks mo mos yr yrs ' +
    'y pt pts hx dx rx tx sx fx po iv im sc sq pr prn bid tid qid qd qhs qod hs ac pc stat cap caps tabs susp ' +
    'inj supp temp wt ht bp hosp med meds surg lab labs neg pos abd ext neuro cont max ' +
    'etc et jr sr md phd rn np pa inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec',
);

/** Words that are far more often the start of a sentence than of a name. */
const openers = wordSet(
  'The A An He She It They We I His Her Its Their Our This That These Those There In On At For With Without By ' +
    'After Before During Following Since Although However No Not Patient Patients Pt If When While As Both All',
);

/** Whether the full stop between the word `before` and the text `after` ends a sentence. */
export function stopEndsSentence(before: string, after: string): boolean {
  const key = before.toLowerCase();
  const next = /^[\p{L}\p{N}]+/u.exec(after)?.[0] ?? '';
  if (leading.has(key)) return false;
  if (numbered.has(key)) return !/^\p{Lu}?\d/u.test(after);
  if (key === 'al' || /^\p{Lu}$/u.test(before)) return openers.has(next);
  if (either.has(key) || /^(?:\p{L}\.)+\p{L}$/u.test(before)) {
    return /^(?:\p{Lu}\p{Ll}|[AI]\s|[\p{Lu} ]{2,}:)/u.test(after);
  }
  return true;
}

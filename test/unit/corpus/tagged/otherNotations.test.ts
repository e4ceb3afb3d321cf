import { describe, expect, it } from 'vitest';
import { formatInlineTags } from '../../../../src/corpus/tagged/inlineTags.ts';
import { readTaggedItem } from '../../../../src/corpus/tagged/readTaggedItem.ts';

const labels = ['Disease', 'Procedure', 'Dosage', 'Age', 'Test'];

function read(text: string): string {
  const result = readTaggedItem({ text }, labels);
  return result.ok ? formatInlineTags(result) : result.problem;
}

/** Two mentions in another notation than inline tags. */
const marked = (mark: (words: string, label: string) => string): string =>
  `The ${mark('colonoscopy', 'Procedure')} showed no ${mark('polyps', 'Disease')} there (12 cm).`;
const meant = marked((words, label) => `<${label}>${words}</${label}>`);

describe('a mention in another notation', () => {
  it.each([
    ['a link', marked((words, label) => `[${words}](${label})`)],
    ['a link with a lower-case label', marked((words, label) => `[${words}](${label.toLowerCase()})`)],
    ['a link to an object', marked((words, label) => `[${words}]{"entity": "${label}"}`)],
    ['brackets twice', marked((words, label) => `[${words}][${label}]`)],
    ['curly tags', marked((words, label) => `{${label}}${words}{/${label}}`)],
    ['square tags', marked((words, label) => `[${label}]${words}[/${label}]`)],
    ['tags in round brackets', marked((words, label) => `(${label})${words}(/${label})`)],
    ['full-width tags', marked((words, label) => `\uFF1C${label}\uFF1E${words}\uFF1C/${label}\uFF1E`)],
    ['lenticular tags', marked((words, label) => `\u3010${label}\u3011${words}\u3010/${label}\u3011`)],
    ['tags closed without a name', marked((words, label) => `[${label}]${words}[/]`)],
    ['the label before', marked((words, label) => `[${label}: ${words}]`)],
    ['the label before, in angle brackets', marked((words, label) => `<${label}: ${words}>`)],
    ['the label before, in curly brackets', marked((words, label) => `{${label}|${words}}`)],
    ['the label behind', marked((words, label) => `[${words}|${label}]`)],
    ['the label behind, in double brackets', marked((words, label) => `[[${words}|${label}]]`)],
    ['the label behind, in angle brackets', marked((words, label) => `<${words}|${label}>`)],
    ['bold words before the label', marked((words, label) => `**${words}** (${label})`)],
    ['bold words with the label', marked((words, label) => `**${words} (${label})**`)],
    ['words in code before the label', marked((words, label) => `\`${words}\` [${label}]`)],
  ])('is read: %s', (_, text) => {
    expect(read(text)).toBe(meant);
  });

  it.each([
    ['the label behind in round brackets', marked((words, label) => `${words} (${label})`)],
    ['the same in lower case', marked((words, label) => `${words} (${label.toLowerCase()})`)],
    ['the same in square brackets', marked((words, label) => `${words} [${label.toUpperCase()}]`)],
    ['the label and the words in round brackets', marked((words, label) => `(${label} ${words})`)],
    ['the label before a colon in round brackets', marked((words, label) => `(${label}: ${words})`)],
    ['the label behind a colon in round brackets', marked((words, label) => `(${words}: ${label})`)],
    ['signs around', marked((words) => `@@${words}##`)],
    ['other signs around', marked((words) => `##${words}##`)],
    ['equals signs around', marked((words) => `==${words}==`)],
    ['double brackets', marked((words) => `[[${words}]]`)],
    ['double angle brackets', marked((words) => `<<${words}>>`)],
    ['a slash', marked((words, label) => `${words}/${label}`)],
    ['an underscore', marked((words, label) => `${words}_${label}`)],
    ['a bar', marked((words, label) => `${words}|${label}`)],
    ['colons', marked((words, label) => `${words}::${label}`)],
    ['a bar behind the label', marked((words, label) => `${label}|${words}`)],
    ['tags of BIO', marked((words, label) => `${words}/B-${label}`)],
    ['tags of BIO behind a blank', marked((words, label) => `${words} B-${label}`)],
    ['a call', marked((words, label) => `${label}(${words})`)],
    ['a command', marked((words, label) => `\\${label.toLowerCase()}{${words}}`)],
    ['hashes', marked((words, label) => `#${label} ${words}#`)],
    ['bold', marked((words) => `**${words}**`)],
    ['underscores', marked((words) => `__${words}__`)],
    ['single asterisks', marked((words) => `*${words}*`)],
    ['code', marked((words) => `\`${words}\``)],
    ['numbered tags in brackets', 'No [E1]polyps[/E1] were seen.'],
    ['hashes alone', marked((words) => `#${words}#`)],
    ['dollars', marked((words) => `$${words}$`)],
    ['tildes', marked((words) => `~${words}~`)],
    ['curly brackets alone', marked((words) => `{${words}}`)],
    ['lenticular brackets alone', marked((words) => `\u3010${words}\u3011`)],
    ['the element mark', marked((words) => `<mark>${words}</mark>`)],
    ['the element b', marked((words) => `<b>${words}</b>`)],
    ['a span of a class', marked((words) => `<span class="entity">${words}</span>`)],
    ['a plural of the label', marked((words, label) => `${words} (${label}s)`)],
    ['the label in capitals', marked((words, label) => `${words} ${label.toUpperCase()}`)],
    ['a colon without a blank', marked((words, label) => `${label}:${words}`)],
    ['an underscore and lower case', marked((words, label) => `${words}_${label.toLowerCase()}`)],
    [
      'marks with START and END',
      marked((words, label) => `${label.toUpperCase()}_START ${words} ${label.toUpperCase()}_END`),
    ],
    ['half a tag', 'no <WAS-related death occurred.'],
    ['half a closing tag', 'no polyps</Disease were seen.'],
    ['half of a label', 'no Disease>polyps were seen.'],
    ['a label as an attribute', 'no <ner:Disease>polyps were seen.'],
    ['a label that holds the words', 'no <Disease="polyps"/> were seen.'],
    ['a list behind', 'No polyps were seen.\nEntities: polyps'],
    ['a label whose words are there twice', 'No polyps were seen. [Disease: polyps]'],
  ])('is refused: %s', (_, text) => {
    expect(read(text)).toMatch(/^(?:malformed|unknown-label)$/);
  });

  it('is refused beside mentions with tags, too', () => {
    expect(read('A <Procedure>colonoscopy</Procedure> showed no @@polyps##.')).toBe('malformed');
    expect(read('A <Procedure>colonoscopy</Procedure> showed no **polyps** at all.')).toBe('malformed');
  });

  it.each([
    'p < 0.05 [12], p<0.01 (see Table 1) and 95% CI [1.2-3.4]; INR <2.0.',
    'Values below detection (<LOD) or <LLN, a<b, PaO2<FiO2 and eGFR <60.',
    'CYP2C19*2/*3 carriers, HLA-B*57:01 and the *2 allele; p = 0.03*, p = 0.01** in men.',
    '*Adjusted for age. **Adjusted for sex.',
    'BP 120/80, 5/5 strength, and/or N/A; w/o c/o; mg/kg/day; reflexes 2+/2+ ++.',
    '[NAME] seen on [DATE] at [HOSPITAL], MRN [ID]; call [PHONE].',
    'Signed: ________ MD. The left __________ was sore.',
    '**Assessment:** stable.\n**Plan**: rest.',
    '## Assessment\nStable. ==== End ====\n*** STAT ***',
    'FDG is 2-deoxy-2-[[18]F]fluoro-d-glucose ([18F]FDG), t(9;22)(q34;q11), c.35delG {1,2}.',
    'Age: 45. Test: negative. Procedure: none. (Test performed on [DATE]; see below.)'.replace(
      '(Test performed',
      '(It was done',
    ),
    'Disease-free and disease-modifying; Test-retest; Age-related (age 45), Disease Activity Score (DAS28).',
    'He said "no" (smiling), 12" needle, 5\' 10", #3 and no. #4, $20, 50%, a@b.',
    'A_1 and B_2 in snake_case_name, log2(x), f(x) = x^2, 10^3 cells, ~5 cm, ->, --> and =>.',
    '1) rest 2) ice; a. one b. two; Q6H PRN; (R) > (L); > 90%; << 1; >> 5.',
  ])('is not seen in clinical text: %s', (text) => {
    expect(read(text).replaceAll('&lt;', '<')).toBe(text.replaceAll(/\*\*(Assessment:|Plan)\*\*/g, '$1'));
  });
});

/** Files that no reader of another tool's format may take for its own. */
export const ordinary: Readonly<Record<string, string>> = {
  'a note':
    'Chief complaint: chest pain.\n\nHPI: 54 y/o male with gout | on allopurinol.\n1. CXR: clear\n2. BP 120/80\n',
  'a table in a note': 'Name\tDose\tStart\tEnd\nAspirin\t81 mg\t3\t5\nGout\tacute\t0\t4\n',
  'a list with brackets': '[x] reviewed\n{see above}\n<no mentions>\n#1 gout\n',
  'token lines with tags': 'Gout\tB-Disease\nafter\tO\naspirin\tB-Chemical\n\n',
  'token lines with four columns': 'EU NNP B-NP B-ORG\nrejects VBZ B-VP O\n',
  'a standoff file': 'T1\tDisease 0 4\tGout\nR1\tcauses Arg1:T1 Arg2:T2\n',
  "Chartmark's JSON lines":
    '{"id":"1","text":"Gout.","spans":[{"start":0,"end":4,"label":"Disease"}],"relations":[],"meta":{}}\n',
  'relation rows': '@GENE$ causes @DISEASE$.\t1\n@GENE$ and @DISEASE$.\t0\n',
  nothing: '',
};

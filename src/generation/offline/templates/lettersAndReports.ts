import type { Template } from '../grammar.ts';

export const radiologyReport: readonly Template[] = [
  '[EXAM|EXAMINATION|STUDY]: {img}[ with contrast| without contrast|]. [INDICATION|CLINICAL HISTORY|REASON FOR EXAM]: {dis}[, rule out {dis}|].',
  '[IMPRESSION|Impression]: [1. |]No [evidence of|acute|radiographic evidence of] {dis}[ or {dis}|].[ 2. {dis}, unchanged.|]',
  '[FINDINGS|Findings]: There is [no|mild|moderate|a small|interval development of] {dis} [in|involving|of] the {side} {anatomy}[, measuring {mm}|].',
  'Findings [are |]consistent with {dis}[; {dis} cannot be excluded|].',
  '[Clinical history|History]: {age}[-year-old|yo] {sexAbbr} with {dis}, status post {surg}.',
  '[Stable|New|Improved|Worsening|Interval increase in] {dis}[ compared with prior study|, now {mm}|].',
  'No {dis}, {dis}[,|] or {dis}[ is seen| is identified|].',
  '[Recommend|Correlate with|Further evaluation with] {proc}[ if there is concern for {dis}|].',
  '[TECHNIQUE|Technique]: {img} [was performed|obtained] [following|after] administration of {n} ml of [intravenous |]{C:iohexol}.',
  '[Known|Metastatic|Biopsy-proven] {can}[ of the {anatomy}|] with [new|enlarging|stable] {D:metastases} in the {anatomy}.',
  '[COMPARISON|Comparison]: {img} [from {year}|dated {season}][. Again seen is {dis}|].',
  'Postsurgical changes [from|of] {surg}[ without {dis}|].',
];

export const plainRadiology: readonly Template[] = [
  '[FINDINGS|Findings]: The {anatomy}, {anatomy}[,|] and {anatomy} are [normal|unremarkable|within normal limits].',
  'The [cardiac silhouette|heart size|mediastinal contour|cardiomediastinal silhouette] is [normal|within normal limits|unchanged|stable].',
  'The {side} {anatomy} [measures|is] {mm}[ and demonstrates normal signal|, unchanged from prior|].',
  '[TECHNIQUE|Technique]: [Axial|Multiplanar|Frontal and lateral] [images|views] were obtained [without|with] [intravenous |]contrast.',
  '[COMPARISON|Comparison]: [None|None available|Prior study from {season} {year}].',
  '[Lungs are clear|The lungs are well expanded|Both lungs are clear]. [The osseous structures are intact.|No focal abnormality.|]',
  '[Lines and tubes|Endotracheal tube|Nasogastric tube|Right PICC] [in good position|in standard position|tip projects over the superior vena cava].',
  'Normal [flow|enhancement|caliber|alignment|signal] [of|in] the {anatomy}.',
  '[The results were|Findings were] discussed with the [referring physician|covering resident] at {time}.',
  '[IMPRESSION|Impression]: [Normal study|Unremarkable examination|No significant change|No acute findings].',
  'Grayscale and color [images|imaging] of the {anatomy} [were|was] [obtained|reviewed].',
  'No abnormal [fluid collection|enhancement|density] in the {anatomy}.',
];

export const clinicLetter: readonly Template[] = [
  '[Thank you|Many thanks] for [referring|asking me to see] this [pleasant |]{age}-year-old {sex} with {cond}[ and {sym}|].',
  '[He|She] [has a|gives a] [history|background] of {cond}, {cond}[,|] and {cond}[, for which [he|she] takes {med} and {med}|].',
  'I have [started|stopped|reduced|increased] [his|her] {med}[ to {dose} {freq}|] [in view of|because of] {dis}.',
  '[His|Her] {cond} [is|remains] [well controlled|poorly controlled|stable|in remission] on {med}[ {dose} {freq}|][ and {med}|].',
  'I have [arranged|requested|organised] {test}[ and {test}|] to [exclude|look for|assess] {dis}.',
  '[She|He] [tolerates|tolerated] {med} well, [apart from|without] [some |any |]{sym}.',
  'There is [no|a strong] family history of {can}[ or {cond}|].',
  '[DIAGNOSES|Diagnosis|Diagnoses]: {cond}; {cond}[; previous {surg}|].',
  'We discussed the [risks|benefits] of {surg}, including {dis}[, {dis}|] and {dis}.',
  'On review [today|in clinic], [his|her] {sym} [has|had] [improved|worsened|resolved] since {med} was [introduced|stopped].',
  'I would be grateful if you could prescribe {med} {dose} {freq}[ and monitor {C:creatinine}|][ for {cond}|].',
  '[He|She] [underwent|had] {surg} {ago} and [made a good recovery|developed {dis}|has had no {dis} since].',
  'Since starting {med}, [she|he] has [noticed|complained of|been troubled by] {sym} and {sym}.',
  'The {test} [confirmed|excluded|was suggestive of] {dis}, and I have [referred him|referred her] for {proc}.',
];

export const plainLetter: readonly Template[] = [
  '[Thank you|Many thanks] for [referring|asking me to see] this [retired teacher|gentleman|lady|young man|pleasant woman], whom I [saw|reviewed] in clinic today.',
  '[He|She] [lives|is living] [alone|with [his|her] {person}|independently] and [works part time|enjoys gardening|is fully independent|no longer drives].',
  'I [have not arranged|will arrange] [a routine|any further] follow-up[, but would be happy to see [him|her] again|].',
  'On examination, [his|her] blood pressure was {bp} and [his|her] weight was {n} [kg|pounds].',
  'I will [write again|see [him|her] again|let you know] [once the results are available|in {dur}|when we have discussed the case].',
  'Thank you for your ongoing care of this patient.',
  '[We|I] went through the [results|options|questions|leaflet] [in detail|at length|together], and [she|he] [was reassured|will think it over].',
  '[His|Her] [{person}|wife|husband] [came along|was also present|accompanied [him|her]] [today|at the consultation].',
  'Examination of the {anatomy} was [entirely |]normal[ today|].',
  "[She|He] did not attend [the|today's] appointment[, and a further one has been sent|].",
  'Please [do not hesitate to contact me|arrange blood tests in {dur}|repeat the prescription for {dur}].',
  '[He|She] has [no allergies|no other complaints|been well since the last visit|returned to work][, and the remaining history is unremarkable|].',
];

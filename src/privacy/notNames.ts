/** What follows an eponym: the name before it is then not a person in this text. */
export const afterEponym =
  /^\s?-\s?\p{Lu}|^(?:['\u2019]s)?[\s-](?:\p{L}+[\s-])?(?:syndromes?|disease|disorder|signs?|tests?|scores?|scale|stages?|staging|classification|criteria|catheter|tube|murmur|reaction|stain|blue|cells?|bod(?:y|ies)|procedure|operation|method|curves?|grade|grading|nodes?|virus|fever|lymphoma|sarcoma|tumou?r|protein|exact|palsy|chart|phenomenon|thyroiditis|position|maneuver|manoeuvre|solution|factor|law|ring|tear|fracture|contracture|ataxia|dystrophy|an(?:a?e)mia|index|equation|formula|correction|mouse|mice|rats?|strain|algorithm|regimen|protocol|trial|model|wort|nevus|cyst|hernia|ulcer|esophagus|reflex|triad|line|loop|glands?|canal|duct|agar|medium|assay|blot|cannula|splint|design|transform|foundation|institute|university)\b/iu;

/** Capitalised words that are not names of people: they begin sentences, name wards or tests, and so on. */
export const notNames = new Set(
  (
    'The A An This That These He She It They We I His Her Their No Not Patient Patients Pt Family Mother Father ' +
    'Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September ' +
    'October November December Cardiology Neurology Nephrology Oncology Surgery Medicine Radiology Psychiatry Pathology ' +
    'Urology Gynecology Dermatology Hematology Infectious Disease Diseases Pharmacy Nursing Emergency Department Intensive ' +
    'Care Unit Clinic Hospital Service Team Social Work Physical Occupational Speech Therapy Internal Family Primary Rapid ' +
    'Response Manager Practitioner Anesthetist Station Line Call Case Anesthesia Orthopedics Pediatrics Endocrinology ' +
    'Gastroenterology Pulmonology Pulmonary Rheumatology Ophthalmology Palliative Home Health Blood Bank Laboratory Lab ' +
    'Seen Stable Alert Awake Reports Denies States Will Sir Madam Colleague Doctor Colleagues Allergies None Unknown ' +
    'British Pakistani Indian Mexican Dr Drs Mr Mrs Ms Miss Prof Professor Syndrome Disease Test Score Scale Sign Hospital Center Centre County Street ' +
    'Wife Husband Son Daughter Sister Brother Parents Parent Child Infant Client Nurse Resident Staff Caregiver Neuro Renal ' +
    'Ortho Cards Literature Nobody Everyone Someone Who Which What There ' +
    'Yes Yeah Yep Nope Well Um Uh Hi Hey Hello Just Honestly Could Can Would Should Do Does Did Is Are Was Were Have Has Had ' +
    'Okay Oh So My Your You Good Great Sure Sorry Welcome Now Then Also Maybe Actually Right Mister Guest Doctors ' +
    'As Although While Because Once Until Like Unlike Such Some Any Each Every Most Many Few Several Other Others ' +
    'Declined Pending Follow Follow-up Discharge Admission Assessment Plan History Impression Findings Diabetes Hypertension ' +
    'Asthma Crohn Alzheimer Parkinson Hodgkin Wilson Down Turner Marfan Medicare Medicaid English Spanish French German ' +
    'Chinese American African Asian European Caucasian Hispanic North South East West New United Type Stage Grade Group Day ' +
    'Week Month Year Phase Table Figure Given Both All In On At Of For With From To By And Or But If When After Before Since ' +
    'Pneumonia Prophylaxis Positive Negative Infection Bactrim Appointment Specialist Office Referral Self Same Listed Above Below Deceased Refused ' +
    'During Per See Note Please Call Name Date Dear Re Sincerely Regards Yours Thank Thanks Best Kind Respectfully'
  ).split(' '),
);

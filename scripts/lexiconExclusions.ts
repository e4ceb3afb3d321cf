/** Names that WordNet has under a medical concept but that are archaic, insulting, vague or no name of the kind. */
export const avoided: ReadonlySet<string> = new Set(
  `
affliction; ailment; malady; illness; unwellness; sickness; ill health; unhealthiness; health problem; disease; disorder;
syndrome; infirmity; symptom; injury; trauma; condition; pathology; indisposition; debility; disability; disablement;
handicap; unfitness; invalidism; valetudinarianism; catastrophic illness; complication; feebleness; frailness; decrepitude;
gameness; lameness; gimpiness; softness; endemic; endemic disease; epidemic disease; social disease; communicable disease;
contagious disease; contagion; pestilence; monogenic disease; polygenic disease; inherited disease; side effect; aura;
black death; black plague; white plague; white pox; kaffir pox; cupid's disease; cupid's itch; venus's curse; syph; the shits;
the trots; montezuma's revenge; the runs; delhi belly; dose; clap; love bite; hickey; shiner; brandy nose; rum nose; copper nose;
hammer nose; potato nose; toper's nose; rum-blossom; dowager's hump; tin ear; tone deafness; pigeon toes; chicken breast;
pigeon breast; bandy leg; bandy legs; bandyleg; bowleg; clawfoot; greensickness; ague; king's evil; scrofula; lues; lues venerea;
grippe; la grippe; morbilli; infantile amaurotic idiocy; juvenile amaurotic idiocy; idiocy; amentia; imbecility; moronity;
mongolism; mongolianism; feeblemindedness; cretinism; folie; folie a deux; mental unsoundness; hysteria; nymphomania; satyriasis;
homosexuality; transvestitism; kissing disease; bubble gum dermatitis; milk sickness; sweating sickness; mal rosso;
mal de la rosa; noli-me-tangere; saint anthony's fire; saint ignatius' itch; st. vitus dance; saint vitus dance; jungle rot;
collywobbles; zit; wen; pock; kibe; blain; felon; wale; weal; welt; mountain sickness; green monkey disease; lactase deficiency;
starvation acidosis; figural blindness; legal blindness; day blindness; moon blindness; eyelessness; sightlessness; ear hole;
cancroid; canker; tapeworm infection; raw wound; raw throat; saddle sore; rope burn; electric burn; dog bite; flea bite;
mosquito bite; insect bite; bee sting; black eye; amputation; mumification necrosis; male erecticle dysfunction; hypericism;
glossolalia; mimesis; stigmata; coprolalia; alveolar resorption; nervous breakdown; crack-up; vaccination; sword-cut; throe; throes;
consumption; mayidism; maidism; hurt; tabes; torment; spots; pull; chafe; systolic murmur; disease of the skin; skin disease;
plant disease; birth trauma; carbon dioxide acidosis; pinch; scorch; growth; fester; flare; cold; gall; hit; bolus; tab; cure;
cure-all; panacea; nostrum; catholicon; elixir of life; pick-me-up; magic bullet; holy oil; sacramental oil; chrism; chrisom;
baby oil; baby powder; bath powder; face powder; toilet powder; dusting powder; lip balm; eyewash; eye-lotion; knockout drops;
headache powder; goa powder; dover's powder; mickey finn; atomic cocktail; active placebo; placebo; patent medicine; draught;
draft; dosage; booster; booster dose; recall dose; lethal dose; prescription; refill; powder; tonic; bracer; remedy; medication;
medicine; medicament; pill; suppository; capsule; lozenge; dragee; sleeping draught; vomit; downer; blue devil; blue angel;
purple heart; red devil; yellow jacket; alabaster; gypsum; dripstone; gesso; vinegar; guncotton; base pair; muton; tophus; chalkstone;
polyester; viscose; terra alba; plaster of paris; banana oil; birch oil; sweet-birch oil; witch hazel; wych hazel; acid; base;
alcohol; antifreeze; st. joseph; bayer; paris green; greenhouse gas; fossil fuel; dry ice; carbohydrate; starch; flour; cellulose;
cornstarch; sago; amyloid; arrowroot; manioc; crack; joint; hard drug; soft drug; controlled substance; street drug;
speedball; whiff; shot; tumble; nip and tuck; tummy tuck; nose job; face lift; facelift; face lifting; emasculation; spaying;
neutering; vivisection; female circumcision; castration; fixing; taxis; giving medication; drugging; wrong-site surgery; lift;
medical procedure; operation; surgery; major surgery; minor surgery; surgical operation; surgical procedure; surgical process;
sex-change operation; transsexual surgery; therapy; imaging; diagnostic procedure; diagnostic technique; diagnostic test; assay;
frontal lobotomy; prefrontal lobotomy; prefrontal leucotomy; prefrontal leukotomy; transorbital lobotomy; lobotomy; leucotomy;
leukotomy; psychosurgery; split-brain technique; metrazol shock; metrazol shock therapy; metrazol shock treatment; insolation;
galvanism; electric healing; electrical healing; radium therapy; naturopathy; faith healing; faith cure; laying on of hands;
bloodletting; cupping; animal magnetism; treatment; medical care; first aid; beauty treatment; token economy; self-analysis;
inunction; drip feed; flooding; inflation therapy; mummification; succussion; rolfing; refrigeration; disinfection; needle;
chemical contraception; surgical contraception; medicinal drug; drug therapy; pharmaceutical; pharmaceutic; therapeutic; curative;
acoustic; specific; restorative; physic; application; blue copperas; epsom salts; salt; double salt; oil of vitriol; spirit;
spirits of wine; grain alcohol; wood spirit; fermentation alcohol; petrol; gasoline; gasolene; kerosene; paraffin oil; coal oil;
lamp oil; asphalt; mineral pitch; tar; pitch; water; ice; steam; tap water; rain; rust; quicklime; calx; fly ash; silica;
quartz; sand; rock crystal; ruby; sapphire; glass; cotton; paper; rayon; wood pulp; string; sugar; candy; honey; syrup;
big h; hell dust; nose candy; acapulco gold; mary jane; lucy in the sky with diamonds; mexican green; dom pedro; elvis;
flintstone; philosopher's wool; ratsbane; surgical spirit; cornflour; jaggary; bagasse; leaded gasoline; unleaded petrol;
gas oil; bottled gas; battery acid; aniline oil; aqua fortis; aqua regia; sugar of lead; pearl ash; soda ash; washing soda;
blackdamp; chokedamp; laughing gas; sens; nauseant; vomitive; sudatory; oligo; citrin; blood sugar; booster shot; honey oil;
benzene formula; kekule formula; simple sugar; periwinkle plant derivative; sleeping capsule; over-the-counter drug;
otaheite arrowroot; otaheite arrowroot starch; manzanilla; cane sugar; beet sugar; invert sugar; grape sugar; corn sugar;
altering; crisis intervention; assertiveness training; mass hysteria; anxiety hysteria; conversion hysteria; frenzy;
hermaphrodism; split personality; passion of christ; chinese restaurant syndrome; bleeder's disease; crib death; canker sore;
birth pangs; infant death; nympholepsy; battle fatigue; combat fatigue; combat neurosis; wasting away; water on the knee;
housemaid's knee; hardening of the arteries; blood extravasation; split-brain technique; sudden death;
`
    .split(/;\s*/)
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);

/** Last words that make a longer name a vague one ("pain pill", "infectious disease" is kept by hand elsewhere). */
export const genericWords: ReadonlySet<string> = new Set(
  'drug agent medication medicine pill tablet powder lotion salve ointment jelly rock technique procedure process care lore'.split(
    ' ',
  ),
);

export const avoidedPatterns: readonly RegExp[] = [
  // Kinds of disease rather than diseases, and what befalls only animals or plants.
  /^(?:animal|plant|industrial|occupational|hereditary|congenital|genetic|infectious|inflammatory|deficiency|wasting|venereal) (?:disease|disorder|condition|defect)$/,
  /\b(?:horse|cattle|sheep|swine|dog|cat|fowl|cow|hog|potato|tobacco mosaic|elm)(?:'s)?\b/,
  /\b(?:retarded|idiot|imbecile|insane|lunacy|cripple|negro|gypsy|oriental|jungle|devil|whore)/,
  /\b(?:bite|sting|itch|nose|legs?)$/,
  /(?:vaccin|paint|varnish|fuel|soap|wine|beer|whisk|gin\b|rum\b|vodka|punch|brandy|liqueur|cigar|smoke|tobacco)/,
  /[0-9]{3}|[^\p{L}\p{N} '.,-]/u,
];

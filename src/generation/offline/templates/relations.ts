import type { Template } from '../grammar.ts';

/**
 * Sentences that state the relation of the tagged pair, `{head}` and `{tail}`. Other genes and diseases in them are not
 * tagged.
 */
export const related: readonly Template[] = [
  '[Our results|Our data|These findings|The results] [suggest|indicate|demonstrate|show] that [the {variant} polymorphism of |variants in |]{head} [is|are] associated with [an increased risk of |susceptibility to |]{tail}[ in the {population} population|].',
  'The {variant} [polymorphism|variant|allele] [of|in] [the |]{head}[ gene|] [was significantly associated with|increases the risk of|confers susceptibility to|is a risk factor for] {tail}[ ({ratio})|][ in {population} [patients|subjects|women]|].',
  'Mutations in [the |]{head}[ gene|] [cause|are responsible for|underlie|lead to] {tail}[, a severe childhood disease|].',
  '{head} is a [susceptibility gene|major locus|candidate risk gene|novel susceptibility locus] for {tail}[, and {gene} is not|].',
  'We [confirmed|replicated|found] a [strong |significant |modest |]association between {head} and {tail}[ ({p})|][ in {n} {population} families|].',
  'Carriers of the {variant} [allele|variant] of {head} had a [higher|lower|twofold higher] risk of {tail}[ than noncarriers|][ ({ratio})|].',
  '{head} expression was [significantly |][higher|lower|increased|reduced] in [patients with |]{tail}[ than in controls| tissue|][ ({p})|].',
  'Serum {head} [levels|concentrations] [were elevated in|predicted|correlated with the severity of] {tail}[ ({p})|].',
  'Loss of {head} [function |expression |][promotes|contributes to|results in|accelerates] [the development of |]{tail}[ in mice|].',
  'In conclusion, [the |]{head} {variant} [genotype|polymorphism] [may be|appears to be|is] [a genetic marker|a determinant|an independent predictor] of {tail}.',
  'Individuals with the {variant} genotype of {head} were [more|less] likely to develop {tail} [than those with the wild-type genotype|({ratio})].',
  'Haplotypes of {head} [are|were] associated with {tail}[, whereas {gene} showed no effect|][ after correction for multiple testing|].',
  'Our [meta-analysis|study|case-control study] [supports|provides evidence for] [the involvement of|a role for|a role of] {head} in {tail}.',
  'Genetic variation in {head} [influences|modifies|affects|contributes to] [the risk of|susceptibility to|the age at onset of] {tail}.',
  'A [novel|de novo|homozygous] {variant} mutation [in|of] {head} was [identified|found] in [a family|{few} families|patients] with {tail}[, and it segregated with the disease|].',
  'The {head} {variant} variant [protects|may protect] against {tail}[ in {people}|].',
  '{head}-deficient mice [develop|showed|spontaneously developed] {tail}[ at {dur} of age|].',
  'Overexpression of {head} [correlates with|is associated with|predicts] [poor survival in|progression of|relapse of] {tail}.',
  'Hypermethylation of {head} was [more frequent in|a marker of|found in {pct} of] {tail}[ cases|][ than in controls|].',
  'Interaction between {head} and smoking [increased|doubled] the risk of {tail}[ ({ratio})|].',
  'Subjects homozygous for the {head} deletion had an [increased|elevated] [risk|incidence] of {tail}[, particularly among smokers|].',
  '{tail} patients carried the {variant} allele of {head} more often than controls ({pct} vs {pct}[; {p}|]).',
  'The association of {head} with {tail} [was|remained] significant [after adjustment for age and sex|in both sexes|({p})].',
  'Defects of {head} account for {pct} of [familial|inherited|early-onset] {tail}[ cases|].',
  'SNPs {rs} and {rs} in {head} [showed association|were in association] with {tail}[, but not with {otherDis}|].',
];

/** Sentences that do not state it: aims, methods, denied associations, and mentions that merely occur together. */
export const unrelated: readonly Template[] = [
  '[We found no|There was no|No] [evidence of |significant |]association between [the {variant} polymorphism of |]{head} and {tail}[ ({p})|][ in this {population} cohort|].',
  'The {variant} [polymorphism|variant] [of|in] {head} [was not associated with|does not contribute to|is not a risk factor for|had no effect on the risk of] {tail}[ in {population} [patients|subjects]|][ ({ratio})|].',
  '[The aim of this study was|We aimed|This study was undertaken] to [investigate|examine|determine|assess] whether [variants in |the {variant} polymorphism of |]{head} [is|are] associated with {tail}.',
  'We [genotyped|analysed|examined|sequenced] {head} in {n} [patients with|cases of|families with] {tail} and {n} controls.',
  '[To evaluate|To study|To investigate] the [role|contribution|influence] of {head} in {tail}, we [genotyped {n} subjects|performed a case-control study|recruited {n} families].',
  '[Our results|These data] [argue against|do not support|exclude] [a role|a major role|an involvement] of {head} in [the pathogenesis of |]{tail}.',
  'No mutations [of|in] {head} were [detected|found|identified] in {n} patients with {tail}.',
  '{head} [genotype|allele] frequencies [did not differ|were similar] between {tail} patients and controls[ ({p})|].',
  'Whether {head} [is involved in|contributes to|plays a role in] {tail} [is unknown|remains controversial|has not been studied].',
  'The [distribution|frequency] of {head} genotypes was [determined|studied|compared] in [patients with |]{tail}[ by {method}|].',
  '{gene}, but not {head}, was associated with {tail}[ in the {population} population|][ ({ratio})|].',
  'Linkage of {tail} to {head} was [excluded|ruled out] in {few} [families|kindreds].',
  'Patients with {tail} were [screened for|tested for] {head} [mutations|variants] [by {method}|before enrolment|as part of the study].',
  '{head} was [sequenced|amplified|measured] in samples from [patients with |{n} |]{tail}[ patients|].',
  'Although {gene} variants [increased the risk of|were linked to] {tail}, {head} showed no [effect|association|such effect].',
  'The {head} {variant} polymorphism is associated with {otherDis}, but its relation to {tail} [is unclear|has not been examined].',
  'Previous studies of {head} and {tail} have [yielded conflicting results|been inconclusive|been small].',
  'There [is|was] no difference in {head} [expression|levels|activity] between [patients with |]{tail} and [controls|healthy subjects].',
  'We therefore [tested|explored] the hypothesis that {head} [modifies|influences] the course of {tail}.',
  '[A total of |]{n} {tail} patients [were genotyped for|underwent genotyping of] {head}, {gene}[,|] and {gene}.',
  '{head} was used as a [reference gene|control locus] in this study of {tail}.',
  'The {head} polymorphism [did not modify|was unrelated to] [the response to treatment|survival|age at onset] in [patients with |]{tail}.',
  'After [correction|adjustment], the association of {head} with {tail} was [no longer significant|lost|not significant].',
  'In {tail}, the [relevance|significance] of {head} [remains to be established|deserves further study|is still debated].',
  'Our [family-based |case-control |]study failed to [replicate|confirm|detect] an association [between|of] {head} [and|with] {tail}.',
];

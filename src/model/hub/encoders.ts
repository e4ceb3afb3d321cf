interface SuggestedEncoder {
  readonly id: string;
  /** What it was trained on and what it is good for. */
  readonly description: string;
}

/** Encoders for clinical and biomedical text, besides the small one that comes with Chartmark. */
export const suggestedEncoders: readonly SuggestedEncoder[] = [
  {
    id: 'microsoft/BiomedNLP-BiomedBERT-base-uncased-abstract',
    description:
      'BERT-base trained from scratch on PubMed abstracts (PubMedBERT), for literature, genes and drugs',
  },
  {
    id: 'dmis-lab/biobert-base-cased-v1.2',
    description: 'BERT-base trained further on PubMed (BioBERT), cased',
  },
  {
    id: 'emilyalsentzer/Bio_ClinicalBERT',
    description: 'BioBERT trained further on hospital notes (MIMIC-III), cased',
  },
  {
    id: 'allenai/biomed_roberta_base',
    description: 'RoBERTa-base trained further on full-text papers',
  },
  { id: 'FacebookAI/roberta-base', description: 'RoBERTa-base for general English, cased' },
];

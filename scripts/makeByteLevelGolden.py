"""Makes test/golden/data/model/byteLevel.json: what Hugging Face's tokenizers make of clinical text by RoBERTa's rules.

    pip install tokenizers
    python scripts/makeByteLevelGolden.py

A byte-level BPE of 600 tokens is trained on the texts and stored whole (`tokenizer`, a tokenizer.json). For each
text: ids without special tokens, and offsets in UTF-16 units. For each list of words: ids and the word that each
came from, with `add_prefix_space`. `prefixed` are texts encoded with `add_prefix_space`.
"""

import json
from pathlib import Path

import tokenizers
from tokenizers import AddedToken, Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.processors import RobertaProcessing
from tokenizers.trainers import BpeTrainer

from makeGoldenTokenizer import TEXTS, WORDS, text_case, word_case

ROOT = Path(__file__).parent.parent
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
MORE_TEXTS = [
    "  two blanks   three\n\n\nlines \t tab ",
    " leading and trailing ",
    "the patient's BP isn't 120/80, they've said I'll, we'd, I'm; 'tis 'S 'LL",
    "nel\u0085nel bom\ufeff x\ufeff \u0085 \u180e mongolian\u180evowel \u00a0 \u2028",
    "a <mask> b  <mask>c<mask> </s><s> <unk> < mask>",
    "ⅷ Ⅻ ² ٣ ৪ 三 ½mg 1½",
    "-" * 300 + "=" * 300 + " ",
    "ATGCGT" * 60,
]
MORE_WORDS = [[" leading", "trailing ", " ", "  "], ["a", "<mask>", "b <mask> c", "</s>"], ["'s", "don't", "\n", "\ta"]]


def make_tokenizer(prefix: bool) -> Tokenizer:
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=prefix)
    tokenizer.post_processor = RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=prefix)
    return tokenizer


def main() -> None:
    tokenizer = make_tokenizer(False)
    trainer = BpeTrainer(
        vocab_size=600, special_tokens=SPECIAL, initial_alphabet=ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(TEXTS * 3 + MORE_TEXTS, trainer)
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, normalized=False)])
    prefixed = Tokenizer.from_str(tokenizer.to_str())
    prefixed.pre_tokenizer = ByteLevel(add_prefix_space=True)
    prefixed.post_processor = make_tokenizer(True).post_processor
    golden = {
        "madeBy": f"scripts/makeByteLevelGolden.py, tokenizers {tokenizers.__version__}",
        "tokenizer": json.loads(tokenizer.to_str()),
        "texts": [text_case(tokenizer, text) for text in TEXTS + MORE_TEXTS],
        "words": [word_case(prefixed, words) for words in WORDS + MORE_WORDS],
        "prefixed": [text_case(prefixed, text) for text in TEXTS],
    }
    target = ROOT / "test/golden/data/model/byteLevel.json"
    target.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")
    print(target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()

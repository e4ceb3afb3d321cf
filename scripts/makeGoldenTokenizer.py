"""Makes test/golden/data/model/tokenizer.json: what Hugging Face's tokenizers make of clinical text.

    pip install tokenizers
    python scripts/makeGoldenTokenizer.py

Four variants of the shipped tokenizer: as it is; cased (no lower case, accents kept); cased, but without accents
and cleaning; with tokens added. For each text: ids without special tokens, and offsets in UTF-16 units. For
each list of words: ids and the word that each came from.
"""

import json
from pathlib import Path

import tokenizers
from tokenizers import AddedToken, Tokenizer
from tokenizers.normalizers import BertNormalizer

ROOT = Path(__file__).parent.parent
TEXTS = [
    "",
    " ",
    "\u200b",
    "The patient was started on metformin 500 mg b.i.d. for type-2 diabetes mellitus (HbA1c 8.4%).",
    "ataxia-telangiectasia; Sjögren's syndrome, Ménière's disease & Guillain–Barré",
    "Sjo\u0308gren’s, Me\u0301nie\u0300re\u0301 decomposed, ends in e\u0301",
    "e\u0301\u0327 marks out of order; a\u0327\u0301 in order; lone \u0301 mark; \u0301start",
    "3.5 µg/mL at 37 °C, 10 μg (Greek mu), Ω 5 kΩ, β-blocker, TGF-β1, α₁-antitrypsin, IL‑6",
    "ΑΣΘΕΝΗΣ ασθενής Διαβήτης",
    "ﬁbrosis, ﬂuid, eﬃcacy, ǆ, ŉ, ß STRAßE, ẞ, İstanbul ısı",
    "Pain 🩺👩🏽\u200d⚕️ 7/10 😀😀, family 👨\u200d👩\u200d👧 end",
    "患者は2型糖尿病です。ﾃｽﾄ 高血压 (hypertension) 약물 치료 豈 𠀀𪜀",
    "bell\u0007 null\u0000 tab\tnew\nline\r\nform\u000cfeed vt\u000b nel\u0085 fffd\ufffd soft\u00adhyphen bom\ufeff",
    "zero\u200bwidth non\u200cjoiner joi\u200dner word\u2060joiner ltr\u200e mark",
    "nbsp\u00a0here thin\u2009space ideographic\u3000space line\u2028sep para\u2029graph ogham\u1680mark",
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "x" * 100 + " " + "y" * 101 + " end",
    "é" * 100 + " " + "é" * 101,
    "𝐁𝐨𝐥𝐝 𝟙𝟚 ①② ½ ™ ® © x² H₂O CO₂ № ℃ Å Å",
    "$5 + 3 = 8 < 9 > 7 ^ ` | ~ _under_score_ @GENE$ #tag a/b\\c {x} [y] “quoted” ‘single’ …—–",
    "[CLS] text with [SEP] and [MASK] inside[PAD]x [UNK] [cls] [ SEP ]",
    "before [E1] Aspirin [/E1] caused [e1]rash, DrugMarker drugmarker DRUGMARKERS",
    "Temp:38.9C HR:112bpm BP:90/60mmHg SpO2:88%RA\tRR 28\u2003pH7.21",
    "naïve café résumé Zürich Łódź Đuro øre œuvre æther þorn",
    "हृदय रोग ปวดหัว צוואר كِتَاب Ё й Й ў",
    "1,25-(OH)2D3 N-acetyl-p-aminophenol 5'-CCG-3' 17β-estradiol (R)-(+)-limonene",
    "A\u0300\u0301\u0302\u0303\u0304\u0305 zalgo",
    "각 가각 \u1100\u1161",
]
WORDS = [
    [],
    ["The", "patient", "denies", "ataxia-telangiectasia", ",", "µg", "°C", "Sjögren's"],
    ["normal", "\u200b", "", " ", "\u0000", "\u0301", "end"],
    ["two words", "[SEP]", "患者", "🩺", "z" * 101],
]


def variants(base: str) -> dict[str, Tokenizer]:
    cased, bare, extended = (Tokenizer.from_str(base) for _ in range(3))
    cased.normalizer = BertNormalizer(lowercase=False)
    bare.normalizer = BertNormalizer(
        clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False
    )
    extended.add_tokens([AddedToken("[E1]", normalized=False), AddedToken("[/E1]", normalized=False)])
    extended.add_tokens([AddedToken("DrugMarker", normalized=True)])
    return {"uncased": Tokenizer.from_str(base), "cased": cased, "bare": bare, "extended": extended}


def utf16(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le")) // 2


def text_case(tokenizer: Tokenizer, text: str) -> dict:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = [[utf16(text, start), utf16(text, end)] for start, end in encoding.offsets]
    return {"text": text, "ids": encoding.ids, "offsets": offsets}


def word_case(tokenizer: Tokenizer, words: list[str]) -> dict:
    encoding = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
    return {"words": words, "ids": encoding.ids, "wordIndex": encoding.word_ids}


def main() -> None:
    base = (ROOT / "models/all-MiniLM-L6-v2/tokenizer.json").read_text(encoding="utf-8")
    golden = {"madeBy": "scripts/makeGoldenTokenizer.py", "tokenizers": tokenizers.__version__, "variants": []}
    for name, tokenizer in variants(base).items():
        tokenizer_json = json.loads(tokenizer.to_str())
        golden["variants"].append(
            {
                "name": name,
                "normalizer": tokenizer_json["normalizer"],
                "addedTokens": tokenizer_json["added_tokens"],
                "texts": [text_case(tokenizer, text) for text in TEXTS],
                "words": [word_case(tokenizer, words) for words in WORDS],
            }
        )
    target = ROOT / "test/golden/data/model/tokenizer.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")
    print(target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()

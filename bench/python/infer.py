"""ONNX Runtime for Python on the same graph, with the fast tokenizer: reads JSON questions, a line each.

    pip install onnxruntime tokenizers numpy

Sentences run in batches of like length, of at most 16 rows and 512 tokens; each word has the label of its
first token.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy
import onnxruntime
from tokenizers import Tokenizer

FILES = {"fp32": "model.onnx", "int8": "model_quantized.onnx"}
# Those of src/model/batches.ts.
ROWS = 16
TOKENS = 512
MAX_LENGTH = 128
state = {}


def load(folder, precision):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count()
    session = onnxruntime.InferenceSession(
        str(Path(folder) / FILES[precision]), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_LENGTH)
    tokenizer.no_padding()
    labels = json.loads((Path(folder) / "config.json").read_text())["id2label"]
    state.update(session=session, tokenizer=tokenizer, labels=[labels[str(i)] for i in range(len(labels))])


def batches(lengths):
    batch, longest = [], 0
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (len(batch) == ROWS or (len(batch) + 1) * longest > TOKENS):
            yield batch
            batch = []
        if not batch:
            longest = lengths[index]
        batch.append(index)
    if batch:
        yield batch


def annotate(sentences):
    encodings = state["tokenizer"].encode_batch(sentences, is_pretokenized=True)
    tags = [None] * len(sentences)
    for batch in batches([len(encoding.ids) for encoding in encodings]):
        width = max(len(encodings[i].ids) for i in batch)
        ids = numpy.zeros((len(batch), width), dtype=numpy.int64)
        mask = numpy.zeros_like(ids)
        for row, i in enumerate(batch):
            ids[row, : len(encodings[i].ids)] = encodings[i].ids
            mask[row, : len(encodings[i].ids)] = 1
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": numpy.zeros_like(ids)}
        best = state["session"].run(["logits"], feeds)[0].argmax(-1)
        for row, i in enumerate(batch):
            tags[i] = first_tokens(encodings[i].word_ids, best[row], len(sentences[i]))
    return tags


def first_tokens(word_ids, best, count):
    tags, previous = ["O"] * count, None
    for place, word in enumerate(word_ids):
        if word is not None and word != previous:
            tags[word] = state["labels"][best[place]]
        previous = word
    return tags


def count_mentions(tags):
    mentions, previous = 0, "O"
    for tag in tags:
        if tag.startswith("B-") or (tag.startswith("I-") and previous[2:] != tag[2:]):
            mentions += 1
        previous = tag
    return mentions


for line in sys.stdin:
    question = json.loads(line)
    before = time.process_time()
    if not state:
        load(question["model"], question["precision"])
    started = time.perf_counter()
    mentions = sum(count_mentions(tags) for tags in annotate(question["sentences"]))
    reply = {"ms": 1000 * (time.perf_counter() - started), "mentions": mentions}
    reply["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reply["cpu"] = 1000 * (time.process_time() - before)
    reply["cpuOfAll"] = 1000 * time.process_time()
    print(json.dumps(reply), flush=True)

"""Sentences and relation texts as the models of transformers take them."""

IGNORED = -100


def token_rows(examples, tokenizer, labels, max_length):
    """The first token of each word has its label, the others none."""
    ids = {label: i for i, label in enumerate(labels)}
    encoded = tokenizer(
        [example["words"] for example in examples],
        is_split_into_words=True,
        truncation=True,
        max_length=max_length,
    )
    rows = []
    for i, example in enumerate(examples):
        own, previous = [], None
        for word in encoded.word_ids(i):
            own.append(IGNORED if word is None or word == previous else ids[example["tags"][word]])
            previous = word
        rows.append({"input_ids": encoded["input_ids"][i], "labels": own})
    return rows


def text_rows(examples, tokenizer, labels, max_length):
    """One label a text."""
    ids = {label: i for i, label in enumerate(labels)}
    encoded = tokenizer([example["text"] for example in examples], truncation=True, max_length=max_length)
    return [
        {"input_ids": encoded["input_ids"][i], "labels": ids[example["label"]]}
        for i, example in enumerate(examples)
    ]

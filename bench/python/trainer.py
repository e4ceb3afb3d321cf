"""Fine-tunes with the Trainer of transformers, beside ours: reads a JSON question from standard input.

    pip install torch transformers accelerate

The answer has the probabilities of every dev example after each epoch: `[words, labels]` of a sentence (words
behind the longest sequence are left out), `[labels]` of a relation text.
"""

import torch
import transformers
from lines import answer_lines, peak
from rows import IGNORED, text_rows, token_rows
from transformers import AutoModelForSequenceClassification, AutoModelForTokenClassification, AutoTokenizer
from transformers import DataCollatorForTokenClassification, DataCollatorWithPadding
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
TASKS = {
    "ner": (AutoModelForTokenClassification, DataCollatorForTokenClassification, token_rows),
    "re": (AutoModelForSequenceClassification, DataCollatorWithPadding, text_rows),
}


def fine_tune(asked):
    torch.set_num_threads(asked["threads"])
    kind, collate, encode = TASKS[asked["task"]]
    labels, recipe = asked["labels"], asked["recipe"]
    tokenizer = AutoTokenizer.from_pretrained(asked["base"])
    collator = collate(tokenizer)
    train, dev = (encode(asked[part], tokenizer, labels, recipe["maxLength"]) for part in ("train", "dev"))
    # Of the head's first weights; the Trainer sets its own.
    torch.manual_seed(asked["seed"])
    model = kind.from_pretrained(asked["base"], num_labels=len(labels), dtype=torch.float32)
    arguments = TrainingArguments(
        output_dir=asked["out"],
        seed=asked["seed"],
        per_device_train_batch_size=recipe["batchSize"],
        num_train_epochs=recipe["epochs"],
        learning_rate=recipe["learningRate"],
        weight_decay=recipe["weightDecay"],
        max_grad_norm=recipe["clipping"],
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        train_sampling_strategy=asked["sampling"],
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        use_cpu=True,
    )
    epochs = []

    class Predictions(TrainerCallback):
        def on_epoch_end(self, *_, **__):
            epochs.append(predict(model, collator, dev))

    trainer = Trainer(
        model=model,
        args=arguments,
        train_dataset=train,
        data_collator=collator,
        callbacks=[Predictions()] if dev else [],
    )
    trainer.remove_callback(PrinterCallback)
    loss = trainer.train().training_loss
    trainer.save_model(asked["out"])
    return {"loss": loss, "epochs": epochs, "peak": peak()}


def predict(model, collator, rows):
    model.eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["input_ids"]))
    found = [None] * len(rows)
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            places = order[start : start + 32]
            batch = collator([rows[i] for i in places])
            probabilities = model(**batch).logits.softmax(-1)
            for place, own, labels in zip(places, probabilities, batch["labels"]):
                learnt = own[labels != IGNORED] if own.dim() == 2 else own
                found[place] = [round(p, 7) for p in learnt.flatten().tolist()]
    return found


if __name__ == "__main__":
    answer_lines(fine_tune)

"""Makes test/golden/data/evaluation/*.json: scores by the reference implementations of random data.

    pip install seqeval==1.2.2 nervaluate==1.2.1
    python scripts/makeScoringGolden.py

seqeval gives exact-match scores of tag sequences in five schemes, nervaluate the four views of partly
right mentions, scikit-learn (which seqeval brings along) the scores of labelled rows.
"""

import json
import math
import random
import warnings
from pathlib import Path

from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.scheme import BILOU, IOB1, IOB2, IOBES
from sklearn import metrics

FOLDER = Path(__file__).parent.parent / "test/golden/data/evaluation"
LABELS = ["Disease", "Chemical", "Procedure"]


def random_mentions(rng, length):
    """Flat mentions (start, end, label) of a sentence, some of them side by side."""
    mentions, at = [], 0
    while at < length:
        if rng.random() < 0.4:
            end = min(length, at + rng.randint(1, 3))
            mentions.append((at, end, rng.choice(LABELS)))
            at = end
        else:
            at += 1
    return mentions


def disturb(rng, mentions, length):
    """A prediction: mentions lost, shifted, renamed, or invented; still flat."""
    taken, out = [False] * length, []
    for start, end, label in mentions:
        draw = rng.random()
        if draw < 0.15:
            continue
        if draw < 0.3:
            start, end = max(0, start - rng.randint(0, 1)), min(length, end + rng.randint(0, 1))
        elif draw < 0.45:
            label = rng.choice(LABELS)
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            out.append((start, end, label))
    for at in range(length):
        if not taken[at] and rng.random() < 0.08:
            taken[at] = True
            out.append((at, at + 1, rng.choice(LABELS)))
    return sorted(out)


def tags_of(mentions, length, scheme):
    tags, previous = ["O"] * length, (None, None)
    for start, end, label in mentions:
        inside = ["I"] * (end - start)
        if scheme == "IOB2" or (scheme == "IOB1" and previous == (start, label)):
            inside[0] = "B"
        elif scheme in ("BIOES", "BILOU"):
            begin, last, single = ("B", "E", "S") if scheme == "BIOES" else ("B", "L", "U")
            inside = [single] if end - start == 1 else [begin, *inside[1:-1], last]
        tags[start:end] = [f"{prefix}-{label}" for prefix in inside]
        previous = (end, label)
    return tags


def random_tags(rng, length, prefixes):
    """Tags in no order at all: what a model without constraints may write."""
    return ["O" if rng.random() < 0.4 else f"{rng.choice(prefixes)}-{rng.choice(LABELS)}" for _ in range(length)]


def tag_case(name, mode, gold, predicted, scheme=None):
    options = {"mode": "strict", "scheme": scheme} if scheme is not None else {}
    report = classification_report(gold, predicted, output_dict=True, zero_division=0, **options)

    def score(entry):
        keys = {"precision": "precision", "recall": "recall", "f1-score": "f1", "support": "support"}
        # The mean over no type at all is not a number to NumPy; Chartmark calls it 0, as seqeval does elsewhere.
        return {ours: 0.0 if math.isnan(entry[theirs]) else float(entry[theirs]) for theirs, ours in keys.items()}

    averages = ("micro avg", "macro avg", "weighted avg")
    return {
        "name": name,
        "mode": mode,
        "gold": [" ".join(tags) for tags in gold],
        "predicted": [" ".join(tags) for tags in predicted],
        "micro": score(report["micro avg"]),
        "macro": score(report["macro avg"]),
        "types": {label: score(entry) for label, entry in report.items() if label not in averages},
    }


def tag_cases(rng):
    cases = []
    lengths = [rng.randint(1, 14) for _ in range(25)]
    for scheme, reference in (("IOB1", IOB1), ("IOB2", IOB2), ("BIOES", IOBES), ("BILOU", BILOU), ("IO", None)):
        gold = [random_mentions(rng, length) for length in lengths]
        predicted = [disturb(rng, mentions, length) for mentions, length in zip(gold, lengths)]
        sides = [[tags_of(m, n, scheme) for m, n in zip(side, lengths)] for side in (gold, predicted)]
        # seqeval's default mode doesn't know BILOU's L and U; on valid tags its strict mode is the same.
        strict = reference if scheme == "BILOU" else None
        cases.append(tag_case(f"valid {scheme}", "conlleval", *sides, strict))
        if scheme == "IOB2":
            cases.append(tag_case("valid IOB2, strict", "strict", *sides, IOB2))
    for name, prefixes in (("B and I", "BI"), ("I only", "I"), ("B, I, E and S", "BIES")):
        sides = [[random_tags(rng, length, prefixes) for length in lengths] for _ in range(2)]
        cases.append(tag_case(f"random {name}", "conlleval", *sides))
        if "E" not in prefixes:
            cases.append(tag_case(f"random {name}, strict", "strict", *sides, IOB2))
    gold = [random_mentions(rng, length) for length in lengths]
    gold_tags = [tags_of(m, n, "IOB2") for m, n in zip(gold, lengths)]
    cases.append(tag_case("nothing predicted", "strict", gold_tags, [["O"] * n for n in lengths], IOB2))
    cases.append(tag_case("nothing in the gold data", "strict", [["O"] * n for n in lengths], gold_tags, IOB2))
    return cases


def partial_cases(rng):
    cases = []
    for index in range(6):
        lengths = [rng.randint(1, 14) for _ in range(15)]
        gold = [random_mentions(rng, length) for length in lengths]
        predicted = [disturb(rng, mentions, length) for mentions, length in zip(gold, lengths)]
        # nervaluate's ends are inclusive.
        entities = [
            [[{"start": s, "end": e - 1, "label": label} for s, e, label in mentions] for mentions in side]
            for side in (gold, predicted)
        ]
        overall = Evaluator(*entities, tags=LABELS, loader="dict").evaluate()["overall"]
        names = {"strict": "strict", "exact": "exact", "partial": "partial", "ent_type": "type"}
        keys = ("precision", "recall", "f1", "correct", "incorrect", "partial", "missed", "spurious")
        cases.append(
            {
                "name": f"random {index + 1}",
                "lengths": lengths,
                "gold": gold,
                "predicted": predicted,
                "partial": {
                    ours: {key: float(getattr(overall[theirs], key)) for key in keys}
                    for theirs, ours in names.items()
                },
            }
        )
    return cases


def relation_cases(rng):
    cases = []
    for name, labels, rows in (("two labels", ["0", "1"], 60), ("four labels", ["0", "causes", "none given", "treats"], 80)):
        gold = [rng.choice(labels) for _ in range(rows)]
        predicted = [label if rng.random() < 0.6 else rng.choice(labels) for label in gold]
        positive = [label for label in labels if label != "0"]

        def scores(average, of):
            precision, recall, f1, support = metrics.precision_recall_fscore_support(
                gold, predicted, labels=of, average=average, zero_division=0
            )
            return precision, recall, f1, support

        per_label = scores(None, labels)
        keys = ("precision", "recall", "f1")
        cases.append(
            {
                "name": name,
                "gold": gold,
                "predicted": predicted,
                "micro": dict(zip(keys, map(float, scores("micro", positive)[:3]))),
                "macro": dict(zip(keys, map(float, scores("macro", positive)[:3]))),
                "types": {
                    label: {
                        "precision": float(per_label[0][i]),
                        "recall": float(per_label[1][i]),
                        "f1": float(per_label[2][i]),
                        "support": int(per_label[3][i]),
                    }
                    for i, label in enumerate(labels)
                },
                "accuracy": float(metrics.accuracy_score(gold, predicted)),
                "balancedAccuracy": float(metrics.balanced_accuracy_score(gold, predicted)),
                "mcc": float(metrics.matthews_corrcoef(gold, predicted)),
            }
        )
    return cases


def main():
    warnings.simplefilter("ignore")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in (("tags", tag_cases), ("partial", partial_cases), ("relations", relation_cases)):
        cases = make(random.Random(20261124))
        lines = ",\n".join(json.dumps(case) for case in cases)
        (FOLDER / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()

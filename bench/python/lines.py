"""Questions and answers of the benches: JSON objects, a line each."""

import json
import resource
import sys
import time


def answer_lines(answer):
    """Answers each line of standard input, and ends with it. `cpu`: milliseconds the cores worked for it."""
    # Libraries print lines of their own.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        before = time.process_time()
        reply = answer(json.loads(line))
        reply["cpu"] = 1000 * (time.process_time() - before)
        print(json.dumps(reply), file=answers, flush=True)


def peak():
    """The largest resident set so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

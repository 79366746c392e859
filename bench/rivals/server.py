"""Runs rivals for the bench: one JSON request a line on standard input, one JSON answer a line on standard output.

{"prepare": {"module", "task", "settings", "data"}} imports bench/rivals/<module>.py and calls its function <task>(data, settings),
which gives (name with version, repetition). {"run": true} runs one repetition and answers its own measured seconds.
"""

import importlib
import json
import os
import sys
import time


def main():
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    repetition = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                asked = request["prepare"]
                module = importlib.import_module(asked["module"])
                name, repetition = getattr(module, asked["task"])(asked["data"], asked["settings"])
                answer = {"name": name}
            else:
                start = time.perf_counter()
                own = repetition()
                answer = {"seconds": own if isinstance(own, float) else time.perf_counter() - start}
        except Exception as error:  # the driver says it and goes on
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers)


if __name__ == "__main__":
    main()

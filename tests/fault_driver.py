"""A run beneath Prefect as a process of its own, for tests that kill it: `python -m tests.fault_driver TEXTS OUT`.

It tells on standard output when the work begins, each input that is done, and the end, with the numbers of its workers.
A third argument names the function of this module that workers do; `--dataset` builds the dataset too.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from pipeline.errors import KehoachError
from pipeline.runs.inputs import Input, find_inputs
from pipeline.runs.run import Run, check_writable
from pipeline.workers.batch import Outcome, process
from pipeline.workers.pool import WorkerPool


def slowly(item: Input, out: Path, **options: Any) -> Outcome:
    """As usual, but long enough to be killed in it."""
    time.sleep(0.01)
    return process(item, out, **options)


def until_killed(item: Input, out: Path, **options: Any) -> Outcome:
    """Every worker that meets such an input is killed as the kernel kills when memory is short."""
    if "fatal" in item.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return process(item, out, **options)


def main(texts: str, out: str, work: str = "process") -> int:
    """Do the run; status 1 and one sentence when it cannot."""
    try:
        check_writable(Path(out))
        pool = WorkerPool(Path(out), workers=2, work=globals()[work])
        with Run(find_inputs(Path(texts)), Path(out), pool=pool) as run:
            print("begun", *(worker.process.pid for worker in pool._pool), flush=True)
            for batch in run.batches():
                for outcome in run.read(batch):
                    print("done", outcome.name, *(worker.process.pid for worker in pool._pool), flush=True)
            run.write_report()
            if "--dataset" in sys.argv:
                from pipeline.dataset.store import build_dataset

                print("dataset", flush=True)
                build_dataset(Path(out), workers=1)
    except KehoachError as error:
        print(error, file=sys.stderr)
        return 1
    print("ended", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*[argument for argument in sys.argv[1:] if not argument.startswith("--")]))

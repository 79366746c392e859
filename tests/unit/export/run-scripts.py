"""Runs Python scripts one after the other in one process, each in its own folder.

The argument names a JSON file with a list of [folder, script, arguments...]. With --cluster the scripts are told the address of
two Dask workers on this machine.
"""

import json
import os
import runpy
import sys


def run_all(jobs, further):
    for folder, script, *arguments in jobs:
        os.chdir(folder)
        sys.argv = [script, *arguments, *further]
        runpy.run_path(os.path.abspath(script), run_name="__main__")


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        listed = json.load(file)
    if "--cluster" in sys.argv:
        from distributed import LocalCluster

        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers:
            run_all(listed, ["--scheduler", workers.scheduler_address])
    else:
        run_all(listed, [])

"""Matrix products of NumPy on OpenBLAS, one thread, with the kernel that OpenBLAS itself chooses for the processor."""

import os

# Settings of the surroundings must not choose an older kernel; read when numpy loads the library.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402


def _library():
    try:
        import threadpoolctl
    except ImportError:
        return "unknown BLAS"
    blas = next((each for each in threadpoolctl.threadpool_info() if each["user_api"] == "blas"), None)
    if blas is None:
        return "unknown BLAS"
    return f"{blas['internal_api']} {blas['version']} ({blas.get('architecture')}), {blas['num_threads']} thread"


def products(_data, settings):
    random = np.random.default_rng(1)
    a = random.standard_normal((settings["nRows"], settings["depth"]), dtype=np.float32)
    b = random.standard_normal((settings["depth"], settings["nColumns"]), dtype=np.float32)
    c = np.empty((settings["nRows"], settings["nColumns"]), dtype=np.float32)

    def repetition():
        for _ in range(settings["nProducts"]):
            np.matmul(a, b, out=c)

    return f"NumPy {np.__version__}, {_library()}", repetition

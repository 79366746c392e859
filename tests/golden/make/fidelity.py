"""Golden figures for src/metrics/fidelity.ts, from SciPy and pandas. Writes tests/golden/fidelity.json."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

rng = np.random.default_rng(7)


def make(n, slope):
    group = rng.integers(0, 3, n)
    x = rng.normal(size=n).round(3)
    return pd.DataFrame(
        {
            "x": x,
            "y": (slope * x + rng.normal(size=n)).round(3),
            "group": np.array(["a", "b", "c"])[group],
            "mark": np.where(rng.random(n) < 0.85, np.array(["p", "q", "r"])[group], "p"),
            "coin": np.array(["h", "t"])[rng.integers(0, 2, n)],
        }
    )


def coded(real, column, values):
    if real[column].dtype.kind != "f":
        return values
    low, high = real[column].min(), real[column].max()
    return np.clip(np.floor((values - low) / (high - low) * 10), 0, 9)


def contingency(real, made, a, b):
    tables = [
        pd.crosstab(coded(real, a, t[a]), coded(real, b, t[b]), normalize=True).stack() for t in (real, made)
    ]
    joined = pd.concat(tables, axis=1).fillna(0)
    return 1 - np.abs(joined.iloc[:, 0] - joined.iloc[:, 1]).sum() / 2


def cramers_v(a, b):
    counts = pd.crosstab(a, b).to_numpy()
    n, (r, k) = counts.sum(), counts.shape
    phi2 = stats.chi2_contingency(counts, correction=False)[0] / n
    corrected = max(0, phi2 - (r - 1) * (k - 1) / (n - 1))
    return np.sqrt(corrected / (min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1))


real, made = make(150, 1.0), make(120, 0.3)
names = list(real.columns)
shapes, pairs, signal, associations = [], [], [], []
for name in names:
    if real[name].dtype.kind == "f":
        shapes.append(1 - stats.ks_2samp(real[name], made[name]).statistic)
    else:
        p, q = (t[name].value_counts(normalize=True) for t in (real, made))
        shapes.append(1 - p.sub(q, fill_value=0).abs().sum() / 2)
for i, a in enumerate(names):
    for b in names[i + 1 :]:
        if a in "xy" and b in "xy":
            r, s = real[a].corr(real[b]), made[a].corr(made[b])
            similarity, is_signal, strength = 1 - abs(r - s) / 2, abs(r) > 0.5, r
        else:
            strength = cramers_v(coded(real, a, real[a]), coded(real, b, real[b]))
            similarity, is_signal = contingency(real, made, a, b), strength > 0.3
        pairs.append(similarity)
        associations.append([a, b, float(strength)])
        if is_signal:
            signal.append(similarity)

golden = {
    "columns": names,
    "real": real.astype(str).values.tolist(),
    "made": made.astype(str).values.tolist(),
    "shapes": [float(v) for v in shapes],
    "pairs": float(np.mean(pairs)),
    "signalPairs": float(np.mean(signal)),
    "nSignalPairs": len(signal),
    "associations": associations,
}
Path(__file__).parents[1].joinpath("fidelity.json").write_text(json.dumps(golden))
print({k: v for k, v in golden.items() if k not in ("real", "made")})

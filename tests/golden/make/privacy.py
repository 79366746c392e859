"""Golden figures for src/metrics/privacy.ts, from NumPy and SciPy, and for two-sample.ts, from XGBoost. Writes tests/golden/privacy.json."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.metrics import roc_auc_score
from xgboost import XGBClassifier

rng = np.random.default_rng(11)


def make(n, slope):
    group = rng.integers(0, 4, n)
    x = rng.normal(size=n).round(1)
    return pd.DataFrame(
        {
            "x": x,
            "y": (slope * x + group + rng.normal(size=n)).round(0),
            "group": np.array(["a", "b", "c", "d"])[group],
            "mark": np.where(rng.random(n) < 0.7, np.array(["p", "q", "r", "p"])[group], "p"),
        }
    )


trained, fresh, made = make(260, 1.5), make(260, 1.5), make(260, 0.2)
made.iloc[:40] = trained.iloc[10:50].to_numpy()
whole = pd.concat([trained, fresh])
numbers, categories = ["x", "y"], ["group", "mark"]


def gower(a, b):
    span = whole[numbers].max() - whole[numbers].min()
    parts = np.minimum(1, np.abs(((a[numbers].to_numpy()[:, None] - b[numbers].to_numpy()[None]) / span.to_numpy()).astype(float))).sum(2)
    codes = [np.column_stack([pd.Categorical(t[c], categories=sorted(whole[c].unique())).codes for c in categories]) for t in (a, b)]
    return (parts + cdist(codes[0], codes[1], "hamming") * len(categories)) / 4


for table in (trained, fresh, made):
    table[numbers] = table[numbers].astype(float)
to_a, to_b, fresh_to_a = gower(made, trained), gower(made, fresh), gower(fresh, trained)
nearest_a, nearest_b = to_a.min(1), to_b.min(1)
close = np.isclose(nearest_a, nearest_b, rtol=0, atol=1e-12)
share = float(np.where(close, 0.5, nearest_a < nearest_b).mean())


def ratio(distances):
    two = np.sort(distances, 1)[:, :2]
    return float(np.median(np.where(two[:, 1] > 1e-12, two[:, 0] / np.where(two[:, 1] > 1e-12, two[:, 1], 1), 1)))


known = set(map(tuple, trained.to_numpy()))
copies = lambda t: float(np.mean([tuple(row) in known for row in t.to_numpy()]))

both = pd.get_dummies(pd.concat([fresh, made], ignore_index=True)).astype(float)
origin = np.repeat([0, 1], [len(fresh), len(made)])
aucs = []
for seed in range(8):
    folds = StratifiedKFold(3, shuffle=True, random_state=seed)
    model = XGBClassifier(n_estimators=100, max_depth=6, learning_rate=0.3, tree_method="hist", n_jobs=1)
    aucs.append(roc_auc_score(origin, cross_val_predict(model, both, origin, cv=folds, method="predict_proba")[:, 1]))

golden = {
    "columns": list(trained.columns),
    **{name: table.astype(str).values.tolist() for name, table in (("trained", trained), ("fresh", fresh), ("made", made))},
    "copyShare": copies(made),
    "copyShareFresh": copies(fresh),
    "nearerShare": share,
    "neighbourRatio": ratio(to_a),
    "neighbourRatioFresh": ratio(fresh_to_a),
    "meanNearest": float(nearest_a.mean()),
    "twoSampleAuc": float(np.mean(aucs)),
    "twoSampleSd": float(np.std(aucs)),
}
Path(__file__).parents[1].joinpath("privacy.json").write_text(json.dumps(golden))
print({k: v for k, v in golden.items() if k not in ("trained", "fresh", "made")})

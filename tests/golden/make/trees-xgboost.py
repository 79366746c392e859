"""Trees that XGBoost grows on tiny tables with every distinct value a cut: written to tests/golden/trees-xgboost.json.

Small leaves are ruled out (min_child_weight), because there two features often cut alike and rounding picks one.
Run with a Python that has numpy, pandas and xgboost (made with xgboost 1.7.4).
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost as xgb

ROUNDS = 5
rng = np.random.default_rng(20240917)


def numbers(n_rows, n_missing):
    x = rng.normal(size=(n_rows, 3)).astype(np.float32)
    for column in range(n_missing):
        x[rng.choice(n_rows, size=9, replace=False), column] = np.nan
    return x


def flatten(node):
    """The tree as nested lists: [leaf, cover] or [feature, gain, cover, yes, no]."""
    if "leaf" in node:
        return {"leaf": node["leaf"], "cover": node["cover"]}
    child = {c["nodeid"]: flatten(c) for c in node["children"]}
    return {
        "feature": int(str(node["split"]).replace("f", "")),
        "gain": node["gain"],
        "cover": node["cover"],
        "yes": child[node["yes"]],
        "no": child[node["no"]],
    }


def fit(name, columns, label, params, base_margin=None):
    frame = pd.DataFrame(
        {f"f{i}": pd.Categorical(c) if isinstance(c[0], str) else c for i, c in enumerate(columns)}
    )
    data = xgb.DMatrix(frame, label=label, enable_categorical=True)
    if base_margin is not None:
        data.set_base_margin(np.tile(base_margin, (len(label), 1)).astype(np.float32))
    base = {"max_depth": 3, "eta": 0.3, "lambda": 1, "seed": 1, "nthread": 1}
    booster = xgb.train({**base, **params}, data, num_boost_round=ROUNDS)
    margins = booster.predict(data, output_margin=True)
    trees = [flatten(json.loads(t)) for t in booster.get_dump(dump_format="json", with_stats=True)]
    return {
        "name": name,
        "columns": [[None if isinstance(v, (float, np.floating)) and np.isnan(v) else (v if isinstance(v, str) else float(v)) for v in c] for c in columns],
        "label": [float(v) for v in label],
        "params": params,
        "margins": np.asarray(margins, dtype=float).reshape(len(label), -1).tolist(),
        "trees": trees,
    }


def main():
    cases = []
    x = numbers(60, 1)
    y = np.where(np.nan_to_num(x[:, 0]) > 0.2, 2.0, -1.0) + x[:, 1] * x[:, 2] + rng.normal(size=60) * 0.3
    cases.append(fit("squared error", list(x.T), y, {"objective": "reg:squarederror", "tree_method": "exact", "min_child_weight": 4, "base_score": float(y.mean())}))

    x = numbers(80, 2)
    y = (np.nan_to_num(x[:, 0]) + x[:, 2] ** 2 + rng.normal(size=80) * 0.5 > 0.8).astype(float)
    cases.append(fit("logistic", list(x.T), y, {"objective": "binary:logistic", "tree_method": "exact", "min_child_weight": 4, "base_score": float(y.mean())}))

    x = numbers(90, 1)
    score = np.nan_to_num(x[:, 0]) + 0.5 * x[:, 1] + rng.normal(size=90) * 0.4
    y = np.digitize(score, [-0.5, 0.6]).astype(float)
    prior = np.log(np.bincount(y.astype(int)) / len(y))
    cases.append(
        fit("softmax", list(x.T), y, {"objective": "multi:softprob", "num_class": 3, "tree_method": "exact", "min_child_weight": 4, "base_score": 0}, prior)
    )

    few = rng.choice(list("abc"), size=120)
    many = rng.choice(list("pqrstuvw"), size=120)
    x = rng.integers(0, 20, size=120).astype(np.float32)
    effect = dict(zip("pqrstuvw", rng.normal(size=8) * 2))
    y = np.array([effect[m] for m in many]) + (few == "b") * 1.5 + (x > 8) * np.where(few == "c", 2.0, 0.5) + rng.normal(size=120) * 0.3
    cases.append(
        fit("categories", [list(few), list(many), x], y, {"objective": "reg:squarederror", "tree_method": "hist", "min_child_weight": 4, "max_cat_to_onehot": 4, "base_score": float(y.mean())})
    )

    target = Path(__file__).resolve().parent.parent / "trees-xgboost.json"
    target.write_text(json.dumps({"rounds": ROUNDS, "cases": cases}) + "\n")


if __name__ == "__main__":
    main()

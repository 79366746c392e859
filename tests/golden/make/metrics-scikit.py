"""Scores that scikit-learn and SciPy give to fixed predictions: written to tests/golden/metrics-scikit.json.

Run with a Python that has numpy, scipy and scikit-learn (made with scikit-learn 1.2.1).
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn import metrics

rng = np.random.default_rng(7)


def classification(n_rows, n_classes, ties):
    codes = rng.integers(0, n_classes, size=n_rows)
    scores = rng.normal(size=(n_rows, n_classes)) + 1.2 * np.eye(n_classes)[codes]
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    if ties:
        p = np.round(p, 1)
        p[:, -1] = 1 - p[:, :-1].sum(axis=1)
    predicted = p.argmax(axis=1)
    clipped = np.clip(p, 1e-15, 1)
    one_hot = np.eye(n_classes)[codes]
    if n_classes == 2:
        auc = metrics.roc_auc_score(codes, p[:, 1])
        brier = metrics.brier_score_loss(codes, p[:, 1])
    else:
        auc = np.mean([metrics.roc_auc_score(codes == c, p[:, c]) for c in range(n_classes)])
        brier = np.mean(((p - one_hot) ** 2).sum(axis=1))
    return {
        "nClasses": n_classes,
        "codes": codes.tolist(),
        "probabilities": p.ravel().tolist(),
        "confusion": metrics.confusion_matrix(codes, predicted, labels=range(n_classes)).tolist(),
        "scores": {
            "accuracy": metrics.accuracy_score(codes, predicted),
            "balancedAccuracy": metrics.balanced_accuracy_score(codes, predicted),
            "macroF1": metrics.f1_score(codes, predicted, average="macro"),
            "logLoss": float(-np.log(clipped[np.arange(n_rows), codes]).mean()) if ties else metrics.log_loss(codes, p),
            "brier": float(brier),
            "auc": float(auc),
        },
    }


def main():
    actual = rng.normal(size=40) * 3 + 10
    predicted = actual + rng.normal(size=40)
    differences = rng.normal(size=5) * 0.01 + 0.004
    half = stats.t.ppf(0.975, 4) * differences.std(ddof=1) * np.sqrt(1 / 5 + 0.2 / 0.8)
    golden = {
        "classification": [classification(50, 2, False), classification(60, 2, True), classification(80, 5, False), classification(60, 4, True)],
        "regression": {
            "actual": actual.tolist(),
            "predicted": predicted.tolist(),
            "scores": {
                "rmse": float(np.sqrt(metrics.mean_squared_error(actual, predicted))),
                "mae": metrics.mean_absolute_error(actual, predicted),
                "r2": metrics.r2_score(actual, predicted),
            },
        },
        "studentT": [[p, df, float(stats.t.ppf(p, df))] for p in (0.6, 0.9, 0.975, 0.995) for df in (1, 2, 3, 4, 9, 14, 29, 200)],
        "normal": [[p, float(stats.norm.ppf(p))] for p in (0.025, 0.5, 0.6, 0.975, 0.9999)],
        "wilson": [
            [hits, n, *map(float, stats.binomtest(hits, n).proportion_ci(0.95, "wilson"))] for hits, n in ((0, 5), (8, 10), (77, 1248), (20, 20))
        ],
        "paired": {"differences": differences.tolist(), "testShare": 0.2, "mean": float(differences.mean()), "halfWidth": float(half)},
    }
    target = Path(__file__).resolve().parent.parent / "metrics-scikit.json"
    target.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()

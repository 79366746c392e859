"""Curves, calibration, cuts and weighted kappa as scikit-learn computes them: written to tests/golden/curves-scikit.json.

Run with a Python that has numpy, scipy and scikit-learn (made with scikit-learn 1.2.1).
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn import calibration, metrics

rng = np.random.default_rng(11)


def scores_of(n_rows, ties):
    positive = rng.random(n_rows) < 0.3
    p = 1 / (1 + np.exp(-(rng.normal(size=n_rows) - 1 + 1.5 * positive)))
    return positive, np.round(p, 1) if ties else p


def sample(n_rows, n_bins, ties):
    positive, p = scores_of(n_rows, ties)
    fpr, tpr, _ = metrics.roc_curve(positive, p, drop_intermediate=False)
    precision, recall, thresholds = metrics.precision_recall_curve(positive, p)
    observed, predicted = calibration.calibration_curve(positive, p, n_bins=n_bins, strategy="quantile")
    edges = np.percentile(p, np.linspace(0, 100, n_bins + 1))
    bins = np.searchsorted(edges[1:-1], p)
    counts = [int(c) for c in np.bincount(bins, minlength=n_bins) if c > 0]
    hits = [int(positive[bins == b].sum()) for b in np.unique(bins)]
    intervals = [stats.binomtest(h, c).proportion_ci(0.95, "wilson") for h, c in zip(hits, counts)]
    f1 = [metrics.f1_score(positive, p >= cut) for cut in thresholds]
    return {
        "scores": p.tolist(),
        "positive": positive.astype(int).tolist(),
        "nBins": n_bins,
        "roc": {"x": fpr.tolist(), "y": tpr.tolist()},
        "auc": metrics.auc(fpr, tpr),
        # Ascending cuts; scikit-learn's last point (recall 0, precision 1) has no cut.
        "precision": precision[:-1].tolist(),
        "recall": recall[:-1].tolist(),
        "averagePrecision": metrics.average_precision_score(positive, p),
        "calibration": {
            "predicted": predicted.tolist(),
            "observed": observed.tolist(),
            "counts": counts,
            "low": [i.low for i in intervals],
            "high": [i.high for i in intervals],
            "error": float(np.average(np.abs(observed - predicted), weights=counts)),
        },
        "cuts": {
            "thresholds": thresholds.tolist(),
            "truePositives": [int((positive & (p >= cut)).sum()) for cut in thresholds],
            "falsePositives": [int((~positive & (p >= cut)).sum()) for cut in thresholds],
            "f1": f1,
        },
    }


def kappa(n_rows, n_classes):
    codes = rng.integers(0, n_classes, n_rows)
    predicted = np.clip(codes + rng.integers(-2, 3, n_rows), 0, n_classes - 1)
    ranks = rng.permutation(np.minimum(np.arange(n_classes), n_classes - 2))
    return {
        "codes": codes.tolist(),
        "predicted": predicted.tolist(),
        "ranks": ranks.tolist(),
        "kappa": metrics.cohen_kappa_score(ranks[codes], ranks[predicted], weights="quadratic"),
    }


def main():
    golden = {
        "samples": [sample(120, 10, False), sample(90, 5, True), sample(50, 3, False)],
        "kappa": [kappa(60, 7), kappa(30, 4)],
    }
    target = Path(__file__).resolve().parent.parent / "curves-scikit.json"
    target.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()

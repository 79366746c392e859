"""Five-fold figures of scikit-learn's forests on a table of churn: written to tests/golden/forest-scikit.json.

Categories are ordinal codes, missing values -1. Run with the path of telco_churn.csv and a Python that has pandas and scikit-learn
(made with scikit-learn 1.2.1).
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold

SETTINGS = [
    {"name": "gini", "nTrees": 300, "minLeafRows": 1, "useEntropy": 0, "balanceClasses": 0},
    {"name": "entropy, leaves of 10", "nTrees": 300, "minLeafRows": 10, "useEntropy": 1, "balanceClasses": 0},
    {"name": "balanced, leaves of 10", "nTrees": 300, "minLeafRows": 10, "useEntropy": 0, "balanceClasses": 1},
]


def main():
    frame = pd.read_csv(sys.argv[1]).drop(columns="customerID")
    frame["TotalCharges"] = pd.to_numeric(frame["TotalCharges"], errors="coerce")
    target = (frame.pop("Churn") == "Yes").to_numpy().astype(int)
    for name in frame.columns:
        if frame[name].dtype == object:
            frame[name] = pd.factorize(frame[name])[0]
    features = frame.fillna(-1).to_numpy(np.float32)
    results = []
    for setting in SETTINGS:
        accuracy, auc = [], []
        for train, test in StratifiedKFold(5, shuffle=True, random_state=7).split(features, target):
            forest = RandomForestClassifier(
                n_estimators=setting["nTrees"],
                min_samples_leaf=setting["minLeafRows"],
                criterion="entropy" if setting["useEntropy"] else "gini",
                class_weight="balanced" if setting["balanceClasses"] else None,
                max_features="sqrt",
                random_state=1,
                n_jobs=-1,
            ).fit(features[train], target[train])
            probability = forest.predict_proba(features[test])[:, 1]
            accuracy.append(accuracy_score(target[test], probability > 0.5))
            auc.append(roc_auc_score(target[test], probability))
        summary = lambda values: {"mean": float(np.mean(values)), "standardError": float(np.std(values, ddof=1) / np.sqrt(5))}
        results.append({**setting, "accuracy": summary(accuracy), "auc": summary(auc)})
    target_file = Path(__file__).resolve().parent.parent / "forest-scikit.json"
    target_file.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()

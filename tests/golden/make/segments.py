"""Writes tests/golden/segments.json: k-means, silhouette and principal components by scikit-learn (1.2.1).

Run from the project's root: python3 tests/golden/make/segments.py
"""

import json

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

random = np.random.default_rng(7)
centres = np.array([[0, 0, 0], [4, 0, 1], [0, 5, 2], [3, 4, -3]])
tables = {
    "blobs": np.vstack([centre + random.normal(size=(60, 3)) for centre in centres]).round(3),
    "uniform": random.uniform(0, 10, size=(300, 2)).round(2),
}

cases = []
for name, points in tables.items():
    standard = (points - points.mean(axis=0)) / points.std(axis=0)
    clusterings = []
    for k in (2, 4, 7):
        fitted = [KMeans(k, n_init=1, random_state=start).fit(points) for start in range(10)]
        best = min(fitted, key=lambda model: model.inertia_)
        clusterings.append(
            {
                "k": k,
                "inertia": float(best.inertia_),
                "labels": best.labels_.tolist(),
                "silhouette": float(silhouette_score(points, best.labels_)),
            }
        )
    cases.append(
        {
            "name": name,
            "points": points.tolist(),
            "clusterings": clusterings,
            "explained": PCA().fit(standard).explained_variance_ratio_[:2].tolist(),
        }
    )

with open("tests/golden/segments.json", "w", encoding="utf-8") as file:
    json.dump(cases, file)

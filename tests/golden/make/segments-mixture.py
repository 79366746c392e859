"""Writes tests/golden/segments-mixture.json: Gaussian mixtures by scikit-learn (1.2.1).

Run from the project's root: python3 tests/golden/make/segments-mixture.py
"""

import json

import numpy as np
from sklearn.mixture import GaussianMixture

random = np.random.default_rng(11)
centres = np.array([[0, 0, 0], [4, 1, 0], [0, 5, 3]])
stretch = [np.diag([1, 0.5, 2]), np.array([[1, 0.8, 0], [0, 0.6, 0], [0.3, 0, 1]]), np.eye(3)]
points = np.vstack([c + random.normal(size=(120, 3)) @ s for c, s in zip(centres, stretch)]).round(3)

cases = []
for covariance in ("full", "diag"):
    for k in (1, 2, 3, 4):
        model = GaussianMixture(
            k, covariance_type=covariance, tol=1e-7, max_iter=2000, n_init=20, reg_covar=1e-6, random_state=0
        ).fit(points)
        cases.append(
            {
                "covariance": "full" if covariance == "full" else "diagonal",
                "k": k,
                "logLikelihood": float(model.score(points)),
                "bic": float(model.bic(points)),
                "labels": model.predict(points).tolist(),
            }
        )

with open("tests/golden/segments-mixture.json", "w", encoding="utf-8") as file:
    json.dump({"points": points.tolist(), "cases": cases}, file)

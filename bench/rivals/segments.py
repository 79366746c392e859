"""Clusterings and silhouettes of scikit-learn, on the standardised numeric columns of the shopping table."""

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

NUMERIC = ["Age", "Purchase Amount (USD)", "Review Rating", "Previous Purchases"]


def _points(path):
    values = pd.read_csv(path)[NUMERIC].to_numpy(float)
    return (values - values.mean(axis=0)) / values.std(axis=0)


def kmeans(data, settings):
    points = _points(data)

    def repetition():
        for k in range(settings["minK"], settings["maxK"] + 1):
            KMeans(k, n_init=settings["nStarts"], algorithm="lloyd", random_state=1).fit(points)

    return f"scikit-learn {sklearn.__version__} KMeans(n_init={settings['nStarts']}, lloyd)", repetition


def silhouette(data, settings):
    points = _points(data)
    labels = KMeans(settings["k"], n_init=1, random_state=1).fit(points).labels_
    return f"scikit-learn {sklearn.__version__} silhouette_score", lambda: silhouette_score(points, labels) and None

"""The bench's data as arrays."""

from pathlib import Path

import numpy as np
import pandas as pd

N_COLUMNS = 18


def shopping(path):
    """Features (nRows x 17, float32) and class codes; categories as ordinal codes in order of appearance."""
    frame = pd.read_csv(path)
    target = pd.factorize(frame["Frequency of Purchases"])[0]
    features = frame.drop(columns=["Customer ID", "Frequency of Purchases"])
    for name in features.columns:
        if features[name].dtype == object:
            features[name] = pd.factorize(features[name])[0]
    return np.ascontiguousarray(features.to_numpy(np.float32)), target


def shopping_native(path):
    """The same features as a frame with categories, and class codes."""
    frame = pd.read_csv(path)
    target = pd.factorize(frame["Frequency of Purchases"])[0]
    features = frame.drop(columns=["Customer ID", "Frequency of Purchases"])
    for name in features.columns:
        if features[name].dtype == object:
            features[name] = features[name].astype("category")
    return features, target


def million(path):
    """Features (10^6 x 18, float32, row-major) and classes 0 and 1; the file holds columns, then classes, all float32."""
    values = np.fromfile(Path(path), dtype="<f4").reshape(N_COLUMNS + 1, -1)
    return np.ascontiguousarray(values[:N_COLUMNS].T), values[N_COLUMNS].astype(np.int64)

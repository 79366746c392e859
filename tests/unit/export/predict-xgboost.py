"""Scores rows.f64 with model.json in the working folder: probabilities or values go to predicted.f64."""

import numpy as np
import xgboost as xgb

booster = xgb.Booster(model_file="model.json")
rows = np.fromfile("rows.f64").reshape(-1, booster.num_features())
data = xgb.DMatrix(
    rows, feature_names=booster.feature_names, feature_types=booster.feature_types, enable_categorical=True
)
predicted = booster.predict(data).astype(float)
if predicted.ndim == 1 and '"classes":[]' not in booster.attr("encoding"):
    predicted = np.column_stack([1 - predicted, predicted])
predicted.tofile("predicted.f64")

# Covers must suffice for XGBoost's own explanation: contributions add up to the margin.
head = data.slice([0, 1])
contributions = booster.predict(head, pred_contribs=True).sum(axis=-1)
np.testing.assert_allclose(contributions, booster.predict(head, output_margin=True), rtol=1e-4, atol=1e-4)

"""SHAP values by XGBoost of rows.f64 with model.json in the working folder: (nRows × nOutputs × (nFeatures + 1)) to shap.f64."""

import numpy as np
import xgboost as xgb

booster = xgb.Booster(model_file="model.json")
rows = np.fromfile("rows.f64").reshape(-1, booster.num_features())
data = xgb.DMatrix(
    rows, feature_names=booster.feature_names, feature_types=booster.feature_types, enable_categorical=True
)
booster.predict(data, pred_contribs=True).astype(float).tofile("shap.f64")

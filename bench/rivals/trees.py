"""Forests of scikit-learn, boosting of XGBoost."""

import time

import sklearn
import xgboost
from sklearn.ensemble import RandomForestClassifier

import tables


def forest(data, settings):
    features, target = getattr(tables, settings["table"])(data)

    def repetition():
        RandomForestClassifier(
            n_estimators=settings["nTrees"],
            max_depth=settings["maxDepth"],
            min_samples_leaf=settings["minLeafRows"],
            max_features="sqrt",
            n_jobs=settings["threads"],
            random_state=1,
        ).fit(features, target)

    return f"scikit-learn {sklearn.__version__} RandomForestClassifier(n_jobs={settings['threads']})", repetition


def _boosting(data, settings):
    features, target = getattr(tables, settings["table"])(data)
    parameters = {
        "tree_method": "hist",
        "max_bin": 255,
        "max_depth": settings["maxDepth"],
        "eta": 0.3,
        "nthread": settings["threads"],
        "objective": settings["objective"],
    }
    if settings["objective"] == "multi:softprob":
        parameters["num_class"] = int(target.max()) + 1
    is_native = settings["table"].endswith("_native")
    matrix = xgboost.DMatrix(features, target, nthread=settings["threads"], enable_categorical=is_native)
    categories = " with native categories" if is_native else ""
    return f"XGBoost {xgboost.__version__} hist{categories}, {settings['threads']} threads", parameters, matrix


def boosting(data, settings):
    """All rounds. The histogram index is kept with the matrix, so that a repetition does not bin anew."""
    name, parameters, matrix = _boosting(data, settings)
    return name, lambda: xgboost.train(parameters, matrix, settings["nRounds"]) and None


def boosting_round(data, settings):
    """The second round of a new model: the first one builds the index of bins."""
    name, parameters, matrix = _boosting(data, settings)

    def repetition():
        booster = xgboost.Booster(parameters, [matrix])
        booster.update(matrix, 0)
        start = time.perf_counter()
        booster.update(matrix, 1)
        return time.perf_counter() - start

    return name, repetition

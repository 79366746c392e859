"""Golden figures for derived numerics, from numpy and scikit-learn.

Usage: python3 tests/golden/make/derived-numerics.py telco_churn.csv > tests/golden/derived-numerics.json

R2 and residual sd of MonthlyCharges on one-hots of the eight service columns (ordinary least squares), and of
TotalCharges = MonthlyCharges * tenure, with the root mean square of (total / monthly - tenure) / sqrt(tenure - 1).
"""

import json
import sys

import numpy
import pandas
from sklearn.metrics import r2_score

SERVICES = ["InternetService", "MultipleLines", "StreamingTV", "StreamingMovies", "TechSupport", "OnlineBackup",
            "DeviceProtection", "OnlineSecurity"]

table = pandas.read_csv(sys.argv[1])
table["TotalCharges"] = pandas.to_numeric(table["TotalCharges"], errors="coerce")
table = table.dropna()
x = numpy.column_stack([numpy.ones(len(table)), pandas.get_dummies(table[SERVICES]).to_numpy(float)])
y = table["MonthlyCharges"].to_numpy()
fitted = x @ numpy.linalg.lstsq(x, y, rcond=1e-10)[0]
product = table["MonthlyCharges"] * table["tenure"]
later = table[table["tenure"] > 1]
rho = (later["TotalCharges"] / later["MonthlyCharges"] - later["tenure"]) / numpy.sqrt(later["tenure"] - 1)
json.dump({
    "linear": {"nRows": len(table), "r2": r2_score(y, fitted), "residualSd": float(numpy.sqrt(numpy.mean((y - fitted) ** 2))),
               "first": fitted[:5].tolist()},
    "product": {"r2": r2_score(table["TotalCharges"], product),
                "residualSd": float(numpy.sqrt(numpy.mean((table["TotalCharges"] - product) ** 2))),
                "noiseSd": float(numpy.sqrt(numpy.mean(rho ** 2)))},
}, sys.stdout, indent=0)

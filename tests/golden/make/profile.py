"""Golden figures for the profile of a column, from pandas and numpy.

Usage: python3 tests/golden/make/profile.py NAME=FILE.csv [...] > tests/golden/profile.json

Numbers: quantiles by linear interpolation (type 7 of R. J. Hyndman and Y. Fan 1996, pandas' own), Tukey's fences at 1.5
interquartile ranges (J. W. Tukey 1977) with the values beyond them, mean, sample standard deviation and distinct values.
Words: distinct values, those in one row alone, rows of the ten commonest. All: missing values, the longest run of them, and
the share of a column's missing rows in which each other column is missing too. Some values are made missing, outliers added.
"""

import hashlib
import json
import sys

import numpy
import pandas

SHARES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]


def read(path):
    table = pandas.read_csv(path)
    if "TotalCharges" in table:
        table["TotalCharges"] = pandas.to_numeric(table["TotalCharges"], errors="coerce")
    return table


def longest_run(missing):
    runs = missing.groupby((missing != missing.shift()).cumsum()).sum()
    return int(runs.max()) if len(runs) else 0


def profile(table, name):
    column = table[name]
    missing = column.isna()
    shared = {other: float((table[other].isna() & missing).sum() / missing.sum()) for other in table
              if other != name and missing.any()}
    figures = {"nDistinct": int(column.nunique()), "nMissing": int(missing.sum()), "longestRun": longest_run(missing),
               "alsoMissing": {other: share for other, share in shared.items() if share > 0}}
    counts = column.value_counts()
    if column.dtype == object:
        return figures | {"nSingle": int((counts == 1).sum()), "nInTopTen": int(counts.head(10).sum())}
    low, high = column.quantile(0.25), column.quantile(0.75)
    fences = [low - 1.5 * (high - low), high + 1.5 * (high - low)]
    beyond = [int((column < fences[0]).sum()), int((column > fences[1]).sum())]
    return figures | {"quantiles": column.quantile(SHARES).tolist(), "fences": fences, "beyond": beyond,
                      "mean": float(column.mean()), "sd": float(column.std())}


def spoiled(table):
    """Every seventh row without the third and the fifth column, every eleventh without the fifth; a few numbers a hundredfold."""
    worse = table.copy()
    names = list(table)
    worse.loc[numpy.arange(len(table)) % 7 == 3, [names[2], names[4]]] = None
    worse.loc[numpy.arange(len(table)) % 11 == 5, names[4]] = None
    number = next(name for name in names if table[name].dtype != object and table[name].nunique() < len(table) and
                  table[name].nunique() > 2)
    worse[number] = worse[number].astype(float)
    worse.loc[[5, 50, 500], number] *= 100
    return worse, [names[2], names[4], number]


def figures(path):
    table = read(path)
    worse, names = spoiled(table)
    digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
    return {"sha256": digest, "columns": {name: profile(table, name) for name in table},
            "spoiled": {name: profile(worse, name) for name in names}}


print(json.dumps({name: figures(path) for name, path in (given.split("=", 1) for given in sys.argv[1:])}, indent=0))

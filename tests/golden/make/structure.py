"""Golden figures for the structure finder, from pandas and scipy.

Usage: python3 tests/golden/make/structure.py NAME=FILE.csv [...] > tests/golden/structure.json

Bias-corrected Cramér's V of every pair of columns (W. Bergsma 2013, "A bias-correction for Cramér's V and Tschuprow's T"):
numbers in 10 bins of equal width over their range, a missing value is a category of its own. Also the AUC of the row's
position for every value of each column with at most 10 distinct words.
"""

import hashlib
import itertools
import json
import sys

import numpy
import pandas
from scipy.stats import chi2_contingency, rankdata

IDENTIFIERS = {"Customer ID", "customerID"}
WORDS = {"SeniorCitizen"}


def read(path):
    table = pandas.read_csv(path)
    if "TotalCharges" in table:
        table["TotalCharges"] = pandas.to_numeric(table["TotalCharges"], errors="coerce")
    for name in WORDS & set(table):
        table[name] = table[name].astype(str)
    return table.drop(columns=list(IDENTIFIERS & set(table)))


def codes(column):
    if column.dtype == object:
        return column.fillna("")
    low, high = column.min(), column.max()
    bins = numpy.minimum(9, numpy.floor((column - low) / (high - low) * 10))
    return bins.fillna(-1)


def cramers_v(a, b):
    counts = pandas.crosstab(a, b).to_numpy()
    n = counts.sum()
    r, k = counts.shape
    phi2 = chi2_contingency(counts, correction=False)[0] / n
    corrected = max(0.0, phi2 - (r - 1) * (k - 1) / (n - 1))
    return (corrected / (min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1)) ** 0.5


def early_auc(is_value):
    ranks = rankdata(-numpy.arange(len(is_value)))
    n = is_value.sum()
    return (ranks[is_value].sum() - n * (n + 1) / 2) / (n * (len(is_value) - n))


def figures(path):
    table = read(path)
    coded = {name: codes(table[name]) for name in table}
    associations = [[a, b, cramers_v(coded[a], coded[b])] for a, b in itertools.combinations(table, 2)]
    words = [name for name in table if table[name].dtype == object and table[name].nunique() <= 10]
    order = [[name, v, early_auc((table[name] == v).to_numpy())] for name in words for v in table[name].unique()]
    digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
    return {"sha256": digest, "associations": associations, "rowOrder": order}


print(json.dumps({name: figures(path) for name, path in (given.split("=", 1) for given in sys.argv[1:])}, indent=0))

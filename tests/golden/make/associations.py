"""Golden figures for the measures of association, from scipy, pandas and scikit-learn.

Usage: python3 tests/golden/make/associations.py NAME=FILE.csv [...] > tests/golden/associations.json

Pearson's r and Spearman's rho of every pair of numbers (rows that hold both), the correlation ratio of every number and
category (rows that hold the number; a missing category is one of its own), and the mutual information of every pair as a
share of the smaller entropy, numbers in 10 bins of equal width. For some pairs p-values: of 9,999 permutations
(scipy.stats.permutation_test), and of the asymptotic test that the tail should be near to.
"""

import hashlib
import itertools
import json
import sys

import numpy
import pandas
from scipy.stats import chi2_contingency, f_oneway, pearsonr, permutation_test, spearmanr
from sklearn.metrics import normalized_mutual_info_score

IDENTIFIERS = {"Customer ID", "customerID"}
WORDS = {"SeniorCitizen"}
TESTED = {
    "shopping": [("Age", "Review Rating"), ("Age", "Size"), ("Season", "Color"), ("Gender", "Discount Applied"),
                 ("Purchase Amount (USD)", "Category"), ("Location", "Payment Method")],
    "telco": [("tenure", "MonthlyCharges"), ("gender", "MonthlyCharges"), ("gender", "Partner"), ("Partner", "tenure"),
              ("gender", "Churn"), ("SeniorCitizen", "Dependents")],
}


def read(path):
    table = pandas.read_csv(path)
    if "TotalCharges" in table:
        table["TotalCharges"] = pandas.to_numeric(table["TotalCharges"], errors="coerce")
    for name in WORDS & set(table):
        table[name] = table[name].astype(str)
    return table.drop(columns=list(IDENTIFIERS & set(table)))


def codes(column):
    if column.dtype == object:
        return pandas.factorize(column.fillna(""))[0]
    low, high = column.min(), column.max()
    return numpy.minimum(9, numpy.floor((column - low) / (high - low) * 10)).fillna(-1).to_numpy()


def eta(values, category):
    present = values.notna()
    values, category = values[present], category[present].fillna("")
    means = values.groupby(category).transform("mean")
    return float(numpy.sqrt(((means - values.mean()) ** 2).sum() / ((values - values.mean()) ** 2).sum()))


def test(table, a, b):
    x, y = table[a], table[b]
    if x.dtype == object and y.dtype == object:
        first, second = codes(x), codes(y)
        observed = chi2_contingency(pandas.crosstab(x, y), correction=False)
        def statistic(order):
            return chi2_contingency(numpy.histogram2d(first, second[order.astype(int)], (first.max() + 1, second.max() + 1))[0],
                                    correction=False)[0]
        kind, asymptotic = "cramers-v", float(observed[1])
    elif x.dtype != object and y.dtype != object:
        kind, asymptotic = "pearson", float(pearsonr(x, y)[1])
        first, second = x.to_numpy(), y.to_numpy()
        def statistic(order):
            return abs(numpy.corrcoef(first, second[order.astype(int)])[0, 1])
    else:
        number, category = (x, y) if x.dtype != object else (y, x)
        kind = "correlation-ratio"
        asymptotic = float(f_oneway(*[group for _, group in number.groupby(category)])[1])
        first, second = number.to_numpy() - number.mean(), codes(category)
        size = numpy.bincount(second)
        def statistic(order):
            return float((numpy.bincount(second[order.astype(int)], first) ** 2 / size).sum())
    order = numpy.arange(len(table))
    found = permutation_test((order,), statistic, permutation_type="pairings", n_resamples=9999, vectorized=False,
                             alternative="greater", random_state=1)
    return {"a": a, "b": b, "measure": kind, "permutation": float(found.pvalue), "asymptotic": asymptotic}


def figures(name, path):
    table = read(path)
    numbers = [column for column in table if table[column].dtype != object]
    words = [column for column in table if table[column].dtype == object]
    correlations = []
    for a, b in itertools.combinations(numbers, 2):
        both = table[[a, b]].dropna()
        correlations.append([a, b, float(pearsonr(both[a], both[b])[0]), float(spearmanr(both[a], both[b])[0]), len(both)])
    ratios = [[a, b, eta(table[a], table[b])] for a in numbers for b in words]
    coded = {column: codes(table[column]) for column in table}
    shared = [[a, b, float(normalized_mutual_info_score(coded[a], coded[b], average_method="min"))]
              for a, b in itertools.combinations(table, 2)]
    digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
    return {"sha256": digest, "correlations": correlations, "ratios": ratios, "mutualInformation": shared,
            "tests": [test(table, a, b) for a, b in TESTED.get(name, [])]}


print(json.dumps({name: figures(name, path) for name, path in (given.split("=", 1) for given in sys.argv[1:])}, indent=0))

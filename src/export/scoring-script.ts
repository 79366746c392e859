import encodingSource from "./python/encoding.py?raw";
import scoreSource from "./python/score.py?raw";

/** The head of a script: what it is, what it needs, the name of the model beside it. */
export function scriptHead(about: string, imports: readonly string[], modelFileName: string): string {
  return [`"""${about}"""`, "", ...imports, "", `MODEL = ${JSON.stringify(modelFileName)}`, "", ""].join("\n");
}

const ABOUT = `Scores a CSV file with a model exported from Trendloom.

    python score.py input.csv output.csv

Needs pandas and xgboost (1.7 or later), and the model's XGBoost JSON beside this file. Columns are read as Trendloom reads
them: their names, categories and codes stand in the model itself. Categories that training did not see count as rare ones
where rare ones share a code, else as missing.
`;

const IMPORTS = [
  "import argparse",
  "import codecs",
  "import json",
  "import re",
  "from datetime import datetime, timedelta",
  "from pathlib import Path",
  "",
  "import numpy as np",
  "import pandas as pd",
  "import xgboost as xgb",
];

/** A Python script that scores a CSV file with the XGBoost JSON of that name beside it. */
export function scoringScript(modelFileName: string): string {
  return `${scriptHead(ABOUT, IMPORTS, modelFileName)}${encodingSource}\n\n${scoreSource}`;
}

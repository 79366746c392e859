"""Reads texts.json as the scripts' encoding.py, given as argument, reads cells: answers go to read.json."""

import codecs
import json
import re
import sys
from datetime import datetime, timedelta

with open(sys.argv[1], encoding="utf-8") as file:
    exec(file.read())

with open("texts.json", encoding="utf-8") as file:
    texts = json.load(file)
answers = [
    {
        "clean": clean(text),
        "point": parse_number(text.strip(), "."),
        "comma": parse_number(text.strip(), ","),
        "date": parse_date(text.strip(), True),
        "escaped": escape_formula(text),
    }
    for text in texts
]
with open("read.json", "w") as file:
    json.dump(answers, file)

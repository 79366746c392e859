# Cells as Trendloom reads them: what is missing, how numbers and dates are written, which code a category has.

ALWAYS_MISSING = set("na,n/a,#n/a,<na>,nan,null,?,-,--,#null!,#value!,#ref!,#div/0!,#name?,#num!".split(","))
CURRENCY = r"[$€£¥₫₹₩₽฿]|US\$|USD|EUR|GBP|JPY|VND|VNĐ|đ"
PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
AROUND = re.compile(rf"([+-]?)\s*({CURRENCY})?\s*([+-]?)\s*(\S.*?)\s*({CURRENCY}|%)?", re.IGNORECASE)
GROUPED = {
    ".": re.compile(r"[0-9]{1,3}([,'’\s])[0-9]{3}(\1[0-9]{3})*(\.[0-9]*)?"),
    ",": re.compile(r"[0-9]{1,3}([.'’\s])[0-9]{3}(\1[0-9]{3})*(,[0-9]*)?"),
}
UNGROUPED = {".": re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+"), ",": re.compile(r"[0-9]+,?[0-9]*|,[0-9]+")}
ISO_DATE = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{3}))?)?Z?)?"
)
OTHER_DATE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
FORMULA = re.compile(r"'*[=+\-@\t\r\0]")
PLAIN_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
EPOCH = datetime(1970, 1, 1)
# 32-bit floats end here.
MAX_VALUE = 3.4e38


def is_formula(text):
    return FORMULA.match(text) is not None and PLAIN_NUMBER.fullmatch(text) is None


def escape_formula(text):
    return "'" + text if is_formula(text) else text


def unescape_formula(text):
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def clean(text):
    text = unescape_formula(text.strip())
    return "" if text.lower() in ALWAYS_MISSING else text


def parse_number(text, mark):
    """The number that a text writes with `mark` before its decimals, or None."""
    if len(text) > 40:
        return None
    if PLAIN.fullmatch(text) and (mark == "." or "." not in text):
        return finite(float(text))
    negative = text.startswith("(") and text.endswith(")")
    parts = AROUND.fullmatch((text[1:-1].strip() if negative else text).replace("−", "-"))
    if not parts:
        return None
    outer, before, inner, body, after = (part or "" for part in parts.groups())
    if (outer and inner) or (negative and (outer or inner)) or (before and after):
        return None
    if GROUPED[mark].fullmatch(body):
        body = re.sub(r"[,'’\s]" if mark == "." else r"[.'’\s]", "", body)
    elif not UNGROUPED[mark].fullmatch(body):
        return None
    sign = -1 if negative or "-" in (outer, inner) else 1
    return finite(sign * float(body.replace(",", ".")))


def finite(value):
    return value if abs(value) != float("inf") else None


def parse_date(text, day_first):
    """Milliseconds since 1970 (UTC), or None."""
    iso = ISO_DATE.fullmatch(text)
    other = None if iso else OTHER_DATE.fullmatch(text)
    if iso:
        year, month, day, hour, minute, second, milli = (int(part or 0) for part in iso.groups())
    elif other and day_first is not None:
        first, _, last, year = other.groups()
        day, month, year = int(first if day_first else last), int(last if day_first else first), int(year)
        hour = minute = second = milli = 0
    else:
        return None
    try:
        found = datetime(year, month, day, hour, minute, second, 1000 * milli)
    except ValueError:
        return None
    return (found - EPOCH) / timedelta(milliseconds=1) if year >= 1000 else None


def decimal_mark(counts, prefers_comma):
    """Of "." and "," the one that reads more of a column of numbers, given how often each of its texts stands there."""
    strays = {mark: sum(n for text, n in counts.items() if parse_number(text, mark) is None) for mark in ".,"}
    if strays["."] == strays[","]:
        return "," if prefers_comma and any("," in text for text in counts) else "."
    return min(strays, key=strays.get)


def day_first(counts):
    """Whether dates such as 31/12/2024 begin with the day; None where no date of the column tells."""
    dates = [found for found in map(OTHER_DATE.fullmatch, counts) if found]
    if any(found[2] == "." for found in dates):
        return True
    day, month = (any(int(found[at]) > 12 for found in dates) for at in (1, 3))
    return None if day == month else day


def is_zero_one(feature):
    return set(feature["codes"]) <= {"0", "1"}


def text_counts(frame, name):
    """How often each text stands in a column, missing ones left out."""
    if name not in frame:
        raise SystemExit(f"The file has no column named {name!r}.")
    counts = frame[name].map(clean).value_counts().to_dict()
    counts.pop("", None)
    return counts


def notations(frame, encoding, prefers_comma):
    """How each feature's column of `frame` writes its numbers or dates: to be found once for all parts of a file."""
    found = {}
    for feature in encoding["features"]:
        counts = text_counts(frame, feature["name"])
        if feature["kind"] == "date":
            found[feature["name"]] = day_first(counts)
        elif feature["kind"] == "number" or is_zero_one(feature):
            found[feature["name"]] = decimal_mark(counts, prefers_comma)
    return found


def zero_one_text(text, mark):
    """0 and 1 however they are written, such as 1.0."""
    number = parse_number(text, mark)
    return f"{number:g}" if number is not None else text


def code_of(text, feature, mark):
    text = clean(text)
    if text == "":
        return None
    if is_zero_one(feature):
        text = zero_one_text(text, mark)
    text = feature["merged"].get(text, text)
    return feature["codes"].get(text, feature["unseen"])


def number_of(text, feature, notation):
    text = clean(text)
    return parse_date(text, notation) if feature["kind"] == "date" else parse_number(text, notation)


def encode(frame, encoding, found):
    """The features of a table of texts as numbers, (rows x features); NaN is a missing value."""
    columns = []
    for feature in encoding["features"]:
        name = feature["name"]
        codes, texts = pd.factorize(frame[name])
        read = code_of if feature["kind"] == "category" else number_of
        values = [read(text, feature, found.get(name)) for text in texts]
        values = np.array([np.nan if value is None else value for value in values], dtype=float)
        columns.append(np.clip(values, -MAX_VALUE, MAX_VALUE)[codes] if len(values) else np.empty(0))
    return np.column_stack(columns)


def header_names(path, reading):
    """Column names as Trendloom gives them: trimmed, numbered where empty or repeated."""
    cells = pd.read_csv(path, header=None, nrows=1, dtype=str, keep_default_na=False, **reading).iloc[0]
    names = []
    for number, cell in enumerate(cells, 1):
        given = name = unescape_formula(cell.strip()) or f"column {number}"
        again = 1
        while name in names:
            again += 1
            name = f"{given} ({again})"
        names.append(name)
    return names


def text_encoding(path):
    """Of UTF-8, UTF-16 with a mark, and Windows-1252 the one that a file is written in."""
    with open(path, "rb") as file:
        head = file.read(1 << 20)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        return "utf-8-sig"
    except UnicodeDecodeError:
        return "cp1252"


def reading_of(path, delimiter):
    """How pandas is to read a CSV file. Without a given delimiter, the one that stands most often in the first line."""
    encoding = text_encoding(path)
    with open(path, encoding=encoding, newline="") as file:
        first = next((line for line in file if line.strip()), "")
    named = re.match(r"sep=([,;|\t])\s*$", first, re.IGNORECASE)
    if named:
        return {"sep": delimiter or named[1], "encoding": encoding, "skiprows": 1}
    unquoted = re.sub(r'"[^"]*"', "", first)
    return {"sep": delimiter or max(",;\t|", key=unquoted.count), "encoding": encoding}


def score(frame, booster, encoding, found):
    """The table of texts with what the model says: the answer, and the probability of each class."""
    classes = encoding["classes"]
    answers = np.empty((0, max(1, len(classes))))
    if len(frame):
        data = xgb.DMatrix(
            encode(frame, encoding, found),
            feature_names=booster.feature_names,
            feature_types=booster.feature_types,
            enable_categorical=True,
        )
        answers = booster.predict(data).astype(float)
    added = {}
    if not classes:
        added["predicted"] = answers.ravel()
    else:
        if answers.ndim == 1:
            answers = np.column_stack([1 - answers, answers])
        # A forest has trees of its own for each class; rounding, or training by Dask, leaves their sum beside 1.
        answers = answers / answers.sum(axis=1, keepdims=True)
        added["predicted"] = [escape_formula(classes[code]) for code in answers.argmax(axis=1)]
        for code, name in enumerate(classes):
            added[f"probability {name}"] = answers[:, code]
    result = frame.copy()
    for name, values in added.items():
        while name in result:
            name += " (model)"
        result[name] = values
    return result


def load_model(path):
    booster = xgb.Booster(model_file=str(path))
    return booster, json.loads(booster.attr("encoding"))

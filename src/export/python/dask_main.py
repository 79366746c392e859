def cluster(args):
    """A client of the scheduler at the given address, or of workers on this machine."""
    if args.scheduler:
        return Client(args.scheduler)
    return Client(LocalCluster(n_workers=args.workers, threads_per_worker=1, dashboard_address=None))


def read_parts(path, args):
    """The file or files (a pattern such as part-*.csv) as a Dask table of texts, and how its first rows write things."""
    first = sorted(glob.glob(path))[:1]
    if not first:
        raise SystemExit(f"There is no file {path}.")
    reading = reading_of(first[0], args.delimiter)
    names = header_names(first[0], reading)
    options = {"header": 0, "names": names, "usecols": names, "dtype": str, "keep_default_na": False}
    # A line's end is two bytes in UTF-16, so that such a file is one part.
    blocksize = None if reading["encoding"] == "utf-16" else args.blocksize or None
    parts = dd.read_csv(path, blocksize=blocksize, **options, **reading).fillna("")
    head = pd.read_csv(first[0], nrows=HEAD_ROWS, **options, **reading).fillna("")
    return parts, head, reading["sep"] == ";"


def score_parts(args):
    booster, encoding = load_model(args.model)
    with cluster(args) as client:
        parts, head, prefers_comma = read_parts(args.input, args)
        found = notations(head, encoding, prefers_comma)
        example = score(head.head(2), booster, encoding, found).rename(columns=escape_formula)
        shared = client.scatter(booster, broadcast=True)
        scored = parts.map_partitions(score_part, shared, encoding, found, meta=example)
        scored.to_csv(args.output, index=False, single_file="*" not in args.output)
    print(f"written: {args.output}")


def score_part(frame, booster, encoding, found):
    return score(frame, booster, encoding, found).rename(columns=escape_formula)


def labels(frame, encoding, mark):
    """The target as XGBoost wants it: one number, or for a forest of classes an indicator per class."""
    texts = frame[encoding["target"]].map(clean)
    classes = encoding["classes"]
    if not classes:
        return pd.DataFrame({"target": [parse_number(text, mark) for text in texts]}, index=frame.index, dtype=float)
    if set(classes) <= {"0", "1"}:
        texts = texts.map(lambda text: zero_one_text(text, mark))
    texts = texts.map(lambda text: encoding["targetMerged"].get(text, text))
    if encoding["learner"] == "random-forest":
        target = pd.DataFrame({f"class {code}": texts == name for code, name in enumerate(classes)}, dtype=float)
        return target.where(texts.isin(classes), axis=0)
    codes = {name: float(code) for code, name in enumerate(classes)}
    return pd.DataFrame({"target": texts.map(codes)}, dtype=float)


def training_part(frame, encoding, found):
    """Features and target of the rows that have a target."""
    columns = [f"feature {at}" for at in range(len(encoding["features"]))]
    rows = pd.DataFrame(encode(frame, encoding, found), columns=columns, index=frame.index)
    target = labels(frame, encoding, found[encoding["target"]])
    return rows.join(target)[target.notna().all(axis=1)]


def balanced_weights(table, target):
    """Weights of the rows, n / (K n_c) for class c."""
    if len(target) > 1:
        codes = table[target].map_partitions(lambda part: pd.Series(part.to_numpy().argmax(axis=1), part.index, float))
    else:
        codes = table[target[0]]
    counts = codes.value_counts().compute()
    weights = (counts.sum() / (len(counts) * counts)).to_dict()
    return codes.map(weights, meta=("weight", float))


def train_parts(args):
    booster, encoding = load_model(args.model)
    with cluster(args) as client:
        parts, head, prefers_comma = read_parts(args.input, args)
        found = notations(head, encoding, prefers_comma)
        found[encoding["target"]] = decimal_mark(text_counts(head, encoding["target"]), prefers_comma)
        example = training_part(head, encoding, found)
        table = parts.map_partitions(training_part, encoding, found, meta=example).persist()
        features, target = list(example.columns[: booster.num_features()]), list(example.columns[booster.num_features() :])
        weights = balanced_weights(table, target).to_dask_array(lengths=True) if BALANCED else None
        data = xgb.dask.DaskDMatrix(
            client,
            table[features].to_dask_array(lengths=True),
            table[target if len(target) > 1 else target[0]].to_dask_array(lengths=True),
            weight=weights,
            feature_names=booster.feature_names,
            feature_types=booster.feature_types,
            enable_categorical=True,
        )
        params = dict(PARAMETERS)
        if not BALANCED and params["objective"] in ("binary:logistic", "reg:squarederror"):
            params.setdefault("base_score", float(table[target[0]].mean().compute()))
        trained = xgb.dask.train(client, params, data, num_boost_round=ROUNDS)["booster"]
    trained.set_attr(encoding=booster.attr("encoding"))
    trained.save_model(args.output)
    print(f"written: {args.output}")


def main():
    parser = argparse.ArgumentParser(description="Scores or trains on CSV files larger than one machine.")
    commands = parser.add_subparsers(required=True)
    for name, run, output in (
        ("score", score_parts, "CSV file to write; with a * in its name, one file per part"),
        ("train", train_parts, "XGBoost JSON to write"),
    ):
        command = commands.add_parser(name)
        command.set_defaults(run=run)
        command.add_argument("input", help="CSV file, or a pattern in quotes")
        command.add_argument("output", help=output)
        command.add_argument("--model", default=Path(__file__).with_name(MODEL), help=f"default: {MODEL} beside this script")
        command.add_argument("--delimiter", help="default: the one that stands most often in the first line")
        command.add_argument("--scheduler", help="address of a Dask scheduler; without it, workers on this machine")
        command.add_argument("--workers", type=int, default=2, help="workers on this machine")
        command.add_argument("--blocksize", default="64MB", help="size of a part; '' where cells hold line breaks: a part per file")
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()

def main():
    parser = argparse.ArgumentParser(description="Scores a CSV file with the model.")
    parser.add_argument("input", help="CSV file with the columns that the model was trained on")
    parser.add_argument("output", help="CSV file to write: the input with the answers behind its columns")
    parser.add_argument("--model", default=Path(__file__).with_name(MODEL), help=f"default: {MODEL} beside this script")
    parser.add_argument("--delimiter", help="default: the one that stands most often in the first line")
    args = parser.parse_args()
    booster, encoding = load_model(args.model)
    reading = reading_of(args.input, args.delimiter)
    names = header_names(args.input, reading)
    options = {"header": 0, "names": names, "usecols": names, "dtype": str, "keep_default_na": False}
    frame = pd.read_csv(args.input, **options, **reading).fillna("")
    found = notations(frame, encoding, prefers_comma=reading["sep"] == ";")
    score(frame, booster, encoding, found).rename(columns=escape_formula).to_csv(args.output, index=False)
    print(f"{len(frame)} rows scored")


if __name__ == "__main__":
    main()

/** The columns of the Customer Shopping Trends table. */
export const KNOWN_COLUMNS = [
  "customer_id",
  "age",
  "gender",
  "item_purchased",
  "category",
  "purchase_amount",
  "location",
  "size",
  "color",
  "season",
  "review_rating",
  "subscription_status",
  "payment_method",
  "shipping_type",
  "discount_applied",
  "promo_code_used",
  "previous_purchases",
  "preferred_payment_method",
  "frequency_of_purchases",
] as const;

export type KnownColumn = (typeof KNOWN_COLUMNS)[number];

/** Other names of the known columns, folded (see `foldName`); Vietnamese ones first. */
const OTHER_NAMES: Readonly<Record<KnownColumn, readonly string[]>> = {
  customer_id: ["ma khach hang", "ma khach", "ma kh", "id khach hang", "customer number", "customer no", "cust id", "client id"],
  age: ["tuoi", "do tuoi", "tuoi khach hang", "customer age", "age years", "age in years"],
  gender: ["gioi tinh", "sex", "customer gender"],
  item_purchased: ["mat hang da mua", "mat hang", "san pham da mua", "item", "item name", "purchased item"],
  category: ["danh muc", "danh muc san pham", "danh muc hang", "loai hang", "product category", "item category"],
  purchase_amount: [
    "so tien mua",
    "so tien mua usd",
    "so tien mua hang",
    "so tien",
    "gia tri mua hang",
    "amount",
    "amount usd",
    "purchase amount usd",
    "purchase amount in usd",
  ],
  location: ["dia diem", "noi o", "noi song", "tieu bang", "state", "customer location"],
  size: ["kich co", "kich thuoc", "item size"],
  color: ["mau sac", "mau", "colour", "item color", "item colour"],
  season: ["mua", "mua trong nam", "purchase season"],
  review_rating: ["diem danh gia", "danh gia", "so sao", "rating", "review score", "customer rating"],
  subscription_status: ["dang ky thanh vien", "trang thai dang ky", "dang ky", "subscription", "subscribed", "is subscribed"],
  payment_method: ["phuong thuc thanh toan", "hinh thuc thanh toan", "cach thanh toan", "payment type"],
  shipping_type: [
    "hinh thuc giao hang",
    "phuong thuc giao hang",
    "kieu giao hang",
    "loai giao hang",
    "loai van chuyen",
    "hinh thuc van chuyen",
    "shipping",
    "shipping method",
    "delivery type",
  ],
  discount_applied: ["ap dung giam gia", "co giam gia", "duoc giam gia", "giam gia", "discount", "discounted"],
  promo_code_used: ["dung ma khuyen mai", "ma khuyen mai", "su dung ma khuyen mai", "promo code", "promo used", "promo"],
  previous_purchases: [
    "so lan mua truoc",
    "so lan mua truoc do",
    "so lan mua truoc day",
    "lan mua truoc",
    "previous purchase count",
    "number of previous purchases",
    "prior purchases",
  ],
  preferred_payment_method: [
    "thanh toan ua dung",
    "phuong thuc thanh toan ua thich",
    "phuong thuc thanh toan ua dung",
    "preferred payment",
  ],
  frequency_of_purchases: ["tan suat mua hang", "tan suat mua", "purchase frequency", "frequency of purchase"],
};

/** A heading without case, accents, units in brackets and punctuation: `Purchase_Amount (USD)` becomes `purchase amount`. */
export function foldName(name: string): string {
  return name
    .replace(/\([^()]*\)/g, " ")
    .replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, "$1 ")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const KNOWN_BY_NAME: ReadonlyMap<string, KnownColumn> = new Map(
  KNOWN_COLUMNS.flatMap((known) => [known.replaceAll("_", " "), ...OTHER_NAMES[known]].map((name) => [name, known] as const)),
);

/** Names that are written without spaces, of at least so many letters: a shorter one may be another word. */
const MIN_JOINED = 8;
const KNOWN_BY_JOINED: ReadonlyMap<string, KnownColumn> = new Map(
  [...KNOWN_BY_NAME].map(([name, known]) => [name.replaceAll(" ", ""), known] as const),
);

/** Which column of the shopping table a heading names: in any case, with spaces, underscores or none, in English or Vietnamese. */
export function knownColumn(name: string): KnownColumn | null {
  const folded = foldName(name);
  const joined = folded.replaceAll(" ", "");
  return KNOWN_BY_NAME.get(folded) ?? (joined.length < MIN_JOINED ? null : KNOWN_BY_JOINED.get(joined)) ?? null;
}

/** The heading of the known column among `names`, or null. The first of several wins. */
export function findKnownName(names: readonly string[], known: KnownColumn): string | null {
  return names.find((name) => knownColumn(name) === known) ?? null;
}

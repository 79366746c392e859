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
  customer_id: ["ma khach hang", "customer number"],
  age: ["tuoi", "customer age"],
  gender: ["gioi tinh", "sex"],
  item_purchased: ["mat hang da mua", "mat hang", "san pham da mua", "item"],
  category: ["danh muc", "danh muc san pham", "loai hang", "product category"],
  purchase_amount: ["so tien mua", "so tien mua hang", "gia tri mua hang", "amount", "purchase amount usd"],
  location: ["dia diem", "noi o", "state"],
  size: ["kich co", "kich thuoc"],
  color: ["mau sac", "mau", "colour"],
  season: ["mua"],
  review_rating: ["diem danh gia", "danh gia", "rating"],
  subscription_status: ["dang ky thanh vien", "trang thai dang ky", "subscription", "subscribed"],
  payment_method: ["phuong thuc thanh toan", "hinh thuc thanh toan"],
  shipping_type: ["hinh thuc giao hang", "phuong thuc giao hang", "loai van chuyen", "shipping"],
  discount_applied: ["ap dung giam gia", "giam gia", "discount"],
  promo_code_used: ["dung ma khuyen mai", "ma khuyen mai", "su dung ma khuyen mai", "promo code"],
  previous_purchases: ["so lan mua truoc", "so lan mua truoc do", "lan mua truoc"],
  preferred_payment_method: ["thanh toan ua dung", "phuong thuc thanh toan ua thich", "phuong thuc thanh toan ua dung"],
  frequency_of_purchases: ["tan suat mua hang", "tan suat mua", "purchase frequency"],
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

/** Which column of the shopping table a heading names: in any case, with spaces, underscores or none, in English or Vietnamese. */
export function knownColumn(name: string): KnownColumn | null {
  return KNOWN_BY_NAME.get(foldName(name)) ?? null;
}

/** The heading of the known column among `names`, or null. The first of several wins. */
export function findKnownName(names: readonly string[], known: KnownColumn): string | null {
  return names.find((name) => knownColumn(name) === known) ?? null;
}

/** Labels of the sample tables, with the published totals where there are any. */
type Counts = readonly (readonly [label: string, count: number])[];

export const CATEGORY_TOTALS: Counts = [
  ["Clothing", 1737],
  ["Accessories", 1240],
  ["Footwear", 599],
  ["Outerwear", 324],
];

export const ITEMS: Readonly<Record<string, string>> = {
  Blouse: "Clothing",
  Dress: "Clothing",
  Hoodie: "Clothing",
  Jeans: "Clothing",
  Pants: "Clothing",
  Shirt: "Clothing",
  Shorts: "Clothing",
  Skirt: "Clothing",
  Socks: "Clothing",
  Sweater: "Clothing",
  "T-shirt": "Clothing",
  Backpack: "Accessories",
  Belt: "Accessories",
  Gloves: "Accessories",
  Handbag: "Accessories",
  Hat: "Accessories",
  Jewelry: "Accessories",
  Scarf: "Accessories",
  Sunglasses: "Accessories",
  Boots: "Footwear",
  Sandals: "Footwear",
  Shoes: "Footwear",
  Sneakers: "Footwear",
  Coat: "Outerwear",
  Jacket: "Outerwear",
};

export const SIZES: Counts = [
  ["M", 1755],
  ["L", 1053],
  ["S", 663],
  ["XL", 429],
];

export const SEASONS: Counts = [
  ["Spring", 999],
  ["Fall", 975],
  ["Winter", 971],
  ["Summer", 955],
];

export const FREQUENCIES: Counts = [
  ["Every 3 Months", 584],
  ["Annually", 572],
  ["Quarterly", 563],
  ["Monthly", 553],
  ["Bi-Weekly", 547],
  ["Fortnightly", 542],
  ["Weekly", 539],
];

const split = (names: string): readonly string[] => names.split(", ");

export const PAYMENT_METHODS = split("Credit Card, Venmo, Cash, PayPal, Debit Card, Bank Transfer");
export const SHIPPING_TYPES = split("Free Shipping, Standard, Store Pickup, Next Day Air, Express, 2-Day Shipping");
export const COLORS = split(
  "Beige, Black, Blue, Brown, Charcoal, Cyan, Gold, Gray, Green, Indigo, Lavender, Magenta, Maroon, Olive, Orange, Peach, Pink, Purple, Red, Silver, Teal, Turquoise, Violet, White, Yellow",
);
export const LOCATIONS = split(
  "Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Georgia, Hawaii, Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont, Virginia, Washington, West Virginia, Wisconsin, Wyoming",
);

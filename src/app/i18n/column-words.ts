import type { KnownColumn } from "../../table/known-columns.ts";
import { m } from "./paraglide/messages.js";
import { getLocale } from "./paraglide/runtime.js";

type Words = typeof m.column_age;

const COLUMNS: Readonly<Record<KnownColumn, Words>> = {
  customer_id: m.column_customer_id,
  age: m.column_age,
  gender: m.column_gender,
  item_purchased: m.column_item_purchased,
  category: m.column_category,
  purchase_amount: m.column_purchase_amount,
  location: m.column_location,
  size: m.column_size,
  color: m.column_color,
  season: m.column_season,
  review_rating: m.column_review_rating,
  subscription_status: m.column_subscription_status,
  payment_method: m.column_payment_method,
  shipping_type: m.column_shipping_type,
  discount_applied: m.column_discount_applied,
  promo_code_used: m.column_promo_code_used,
  previous_purchases: m.column_previous_purchases,
  preferred_payment_method: m.column_preferred_payment_method,
  frequency_of_purchases: m.column_frequency_of_purchases,
};

/** By the value as the shopping table writes it. */
const VALUES: ReadonlyMap<string, Words> = new Map([
  ["Male", m.value_male],
  ["Female", m.value_female],
  ["Yes", m.value_yes],
  ["No", m.value_no],
  ["Clothing", m.value_clothing],
  ["Accessories", m.value_accessories],
  ["Footwear", m.value_footwear],
  ["Outerwear", m.value_outerwear],
  ["Spring", m.value_spring],
  ["Summer", m.value_summer],
  ["Fall", m.value_fall],
  ["Winter", m.value_winter],
  ["Every 3 Months", m.value_every_3_months],
  ["Annually", m.value_annually],
  ["Quarterly", m.value_quarterly],
  ["Monthly", m.value_monthly],
  ["Bi-Weekly", m.value_bi_weekly],
  ["Fortnightly", m.value_fortnightly],
  ["Weekly", m.value_weekly],
  ["Credit Card", m.value_credit_card],
  ["Debit Card", m.value_debit_card],
  ["Bank Transfer", m.value_bank_transfer],
  ["Cash", m.value_cash],
  ["Express", m.value_express],
  ["Free Shipping", m.value_free_shipping],
  ["Next Day Air", m.value_next_day_air],
  ["Standard", m.value_standard],
  ["2-Day Shipping", m.value_2_day_shipping],
  ["Store Pickup", m.value_store_pickup],
  ["Blouse", m.value_blouse],
  ["Sweater", m.value_sweater],
  ["Jeans", m.value_jeans],
  ["Sandals", m.value_sandals],
  ["Sneakers", m.value_sneakers],
  ["Shirt", m.value_shirt],
  ["Shorts", m.value_shorts],
  ["Coat", m.value_coat],
  ["Handbag", m.value_handbag],
  ["Shoes", m.value_shoes],
  ["Dress", m.value_dress],
  ["Skirt", m.value_skirt],
  ["Sunglasses", m.value_sunglasses],
  ["Pants", m.value_pants],
  ["Jacket", m.value_jacket],
  ["Hoodie", m.value_hoodie],
  ["Jewelry", m.value_jewelry],
  ["T-shirt", m.value_t_shirt],
  ["Scarf", m.value_scarf],
  ["Hat", m.value_hat],
  ["Socks", m.value_socks],
  ["Backpack", m.value_backpack],
  ["Belt", m.value_belt],
  ["Boots", m.value_boots],
  ["Gloves", m.value_gloves],
  ["Gray", m.value_gray],
  ["Maroon", m.value_maroon],
  ["Turquoise", m.value_turquoise],
  ["White", m.value_white],
  ["Charcoal", m.value_charcoal],
  ["Silver", m.value_silver],
  ["Pink", m.value_pink],
  ["Purple", m.value_purple],
  ["Olive", m.value_olive],
  ["Gold", m.value_gold],
  ["Violet", m.value_violet],
  ["Teal", m.value_teal],
  ["Lavender", m.value_lavender],
  ["Black", m.value_black],
  ["Green", m.value_green],
  ["Peach", m.value_peach],
  ["Red", m.value_red],
  ["Cyan", m.value_cyan],
  ["Brown", m.value_brown],
  ["Beige", m.value_beige],
  ["Orange", m.value_orange],
  ["Indigo", m.value_indigo],
  ["Yellow", m.value_yellow],
  ["Magenta", m.value_magenta],
  ["Blue", m.value_blue],
]);

/** What a column is called on the page: in Vietnamese for the known columns, else as in the file. Exports keep the file's name. */
export function columnLabel(name: string, known: KnownColumn | null): string {
  return known === null || getLocale() === "en" ? name : COLUMNS[known]();
}

/** The other language's name of a known column, shown small beside the first; null for any other column. */
export function columnSecondLabel(known: KnownColumn | null): string | null {
  return known === null ? null : COLUMNS[known]({}, { locale: getLocale() === "en" ? "vi" : "en" });
}

/** What a value of a known column is called on the page; any other value stands as in the file. */
export function valueLabel(value: string, known: KnownColumn | null): string {
  return known === null || getLocale() === "en" ? value : (VALUES.get(value)?.() ?? value);
}

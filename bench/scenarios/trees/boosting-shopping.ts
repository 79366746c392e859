import { boostShopping } from "../../page/boosting-shopping.ts";

export default boostShopping("ordinal");

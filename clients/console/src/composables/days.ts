/** Days of the shop, which are Shanghai's whatever the browser's clock says. */
const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000

/** "2026-11-23", so many days back. */
export const shopDay = (back = 0): string =>
  new Date(Date.now() + SHANGHAI_MS - back * DAY_MS).toISOString().slice(0, 10)

/** The last `count` days, today among them. */
export const lastDays = (count: number) => ({ from: shopDay(count - 1), to: shopDay() })

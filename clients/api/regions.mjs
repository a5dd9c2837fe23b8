/** Writes src/regions-data.ts from an unpacked @vant/area-data: node regions.mjs <its folder> */
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const { areaList } = await import(pathToFileURL(`${process.argv[2]}/dist/index.js`).href)
const WITHOUT_DISTRICTS = ['东莞市', '中山市', '儋州市', '嘉峪关市'] // the source gives their towns
const LIFTED = /直辖县/ // their counties stand beside cities
const within = (list, code, length) =>
  Object.entries(list).filter(([each]) => each.slice(0, length) === String(code).slice(0, length))

function cities(province, code) {
  const found = new Map()
  for (const [cityCode, city] of within(areaList.city_list, code, 2)) {
    const districts = within(areaList.county_list, cityCode, 4).map(([, name]) => name)
    if (LIFTED.test(city)) for (const county of districts) found.set(county, [])
    else if (city === '县') found.get(province).push(...districts)
    else found.set(city, WITHOUT_DISTRICTS.includes(city) ? [] : districts)
  }
  return [...found].map(([city, districts]) => (districts.length ? `${city}:${districts.join(',')}` : city))
}
const lines = Object.entries(areaList.province_list).map(
  ([code, province]) => `${province}|${cities(province, code).join(';')}`,
)
writeFileSync(
  new URL('./src/regions-data.ts', import.meta.url),
  `/** A line for each province: 省|市:区,区;市 … Written by regions.mjs from @vant/area-data 2.1.0. */
export const REGIONS = \`
${lines.join('\n')}
\`
`,
)

/** 省, 市, 区: what a picker offers, and what a region in a text means. */

import { REGIONS } from './regions-data'

export interface Region {
  province: string
  city: string
  /** Empty in cities that have none: 东莞, 中山, 儋州, 嘉峪关 and the cities under a province. */
  district: string
}
type Tree = Map<string, Map<string, string[]>>

let tree: Tree | undefined
/** Province → city → districts, read from the data when somebody first asks. */
export function regionTree(): Tree {
  tree ??= new Map(
    REGIONS.trim()
      .split('\n')
      .map((line) => {
        const [province, cities] = line.split('|') as [string, string]
        return [province, new Map(cities.split(';').map(cityOf))]
      }),
  )
  return tree
}
function cityOf(text: string): [string, string[]] {
  const [city, districts] = text.split(':') as [string, string | undefined]
  return [city, districts?.split(',') ?? []]
}

const PEOPLES =
  /^(..+?)(?:土家族|苗族|藏族|彝族|羌族|回族|蒙古族?|傣族|景颇族|白族|哈尼族|壮族|布依族|侗族|朝鲜族|傈僳族|哈萨克|柯尔克孜|维吾尔|黎族)+(?=自治)/ // 内蒙古 keeps its 蒙古: two characters stand before
const KINDS = /(?:特别行政区|自治区|自治州|地区|省|市|盟)$/

const shorts = new Map<string, string>()
/** 广西壮族自治区 → 广西, 延边朝鲜族自治州 → 延边. */
function shortOf(name: string): string {
  const known = shorts.get(name)
  if (known !== undefined) return known
  const short = name.replace(PEOPLES, '$1').replace(KINDS, '')
  shorts.set(name, short)
  return short
}
/** 昆山市 → 昆山; a name of one character would be found everywhere. */
const shortDistrict = (name: string) => (name.length > 2 ? name.replace(/[区县市旗]$/, '') : name)

/** How much of the beginning of `text` is `name` or its short form; 0 when it is neither. */
function begins(text: string, name: string, short: string): number {
  if (text.startsWith(name)) return name.length
  return short.length > 1 && text.startsWith(short) ? short.length : 0
}
/** 朝阳路 is a street, though 朝阳 is a district. */
const STREET = /^(?:东|南|西|北|中)?(?:路|街|道|大道|大街|巷|弄|村|镇|乡|小区|花园|广场|大厦|国际|新村)/
/** After a city without districts a town or a street comes at once: 东莞长安镇. */
const TOWN = /^.{1,6}?(?:镇|街道|乡|大道|路)/
const GAP = /^[\s,，、\-—>/·]*(?:市辖区)?[\s,，、\-—>/·]*/

export interface FoundRegion extends Region {
  /** Where the street begins. */
  end: number
}

/** The region that `text` begins with, completed where a part is left out; null when there is none. */
export function regionAt(text: string): FoundRegion | null {
  for (const [province, cities] of regionTree()) {
    const taken = begins(text, province, shortOf(province))
    if (!taken) continue
    const found = inProvince(text, province, cities, taken)
    if (found) return found
  }
  for (const [province, cities] of regionTree()) {
    const found = inProvince(text, province, cities, 0)
    if (!found) continue
    const isSure = found.district || text.startsWith(found.city)
    if (isSure || (!cities.get(found.city)!.length && TOWN.test(text.slice(found.end)))) return found
  }
  return null
}
/** Skips what stands between two parts: spaces, slashes, 市辖区. */
const skipGap = (text: string, at: number) => at + GAP.exec(text.slice(at))![0].length

function inProvince(
  text: string,
  province: string,
  cities: Map<string, string[]>,
  from: number,
): FoundRegion | null {
  const start = skipGap(text, from)
  let best: FoundRegion | null = null
  const keep = (found: FoundRegion) => {
    if (!best || found.end > best.end) best = found
  }
  for (const [city, districts] of cities) {
    const taken = begins(text.slice(start), city, shortOf(city))
    const isAlone = cities.size === 1 // 上海市 holds one city of its own name
    if (!taken && !isAlone && !from) continue
    const street = text.slice(start + taken)
    if (taken && text.slice(start, start + taken) !== city && STREET.test(street)) continue
    const at = taken ? skipGap(text, start + taken) : start
    // 香港九龙城区: the district may hold the city's name.
    for (const place of taken ? [at, start] : [start]) {
      const district = districtAt(text.slice(place), districts, place > start || isAlone)
      if (district)
        keep({ province, city, district: district.name, end: skipGap(text, place + district.taken) })
    }
    if (taken || (isAlone && from)) keep({ province, city, district: '', end: at })
  }
  return best
}
function districtAt(text: string, districts: string[], mayBeShort: boolean) {
  let best: { name: string; taken: number } | null = null
  for (const name of districts) {
    const short = mayBeShort ? shortDistrict(name) : name
    const taken = begins(text, name, short)
    if (!taken || (taken < name.length && STREET.test(text.slice(taken)))) continue
    if (!best || taken > best.taken) best = { name, taken }
  }
  return best
}

let owners: Map<string, Region[]> | undefined
/** A district without its city, like 浦东新区 or 昆山市: found when only one city has it. */
export function regionOfDistrict(text: string): FoundRegion | null {
  if (!owners) {
    owners = new Map()
    for (const [province, cities] of regionTree())
      for (const [city, districts] of cities)
        for (const district of districts)
          owners.set(district, [...(owners.get(district) ?? []), { province, city, district }])
  }
  for (let length = Math.min(text.length, 15); length > 2; length--) {
    const found = owners.get(text.slice(0, length))
    if (found?.length === 1) return { ...found[0]!, end: skipGap(text, length) }
  }
  return null
}

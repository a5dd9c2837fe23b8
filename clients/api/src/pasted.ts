/** Reads an address that somebody pasted in one piece, name and phone in any order. */

import { type FoundRegion, type Region, regionAt, regionOfDistrict } from './regions'

interface PastedAddress extends Region {
  name: string
  /** 11 digits, or empty. */
  phone: string
  detail: string
}

const HIDDEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g
const WIDE = /[\uff01-\uff5e]/g
const PHONE =
  /(^|[^\d])((?:(?:\+|00)?86[-\s]*)?(1[3-9]\d)[-\s.]*(\d{4})[-\s.]*(\d{4}))(?:(?:-|－|转|,)(\d{3,4})(?!\d))?(?!\d)/
const LABELS =
  /(?:收货人姓名|收件人姓名|收货人|收件人|联系人|姓名|手机号码|手机号|联系电话|联系方式|电话号码|电话|手机|所在地区|所在区域|省市区|地区|收货地址|收件地址|详细地址|详细信息|街道地址|地址|邮政编码|邮编)\s*[:：]?\s*/g
const NAME_LABEL = /(?:收货人姓名|收件人姓名|收货人|收件人|联系人|姓名)\s*[:：]?\s*([^\s,，;；:：\d]{1,12})/
const BREAKS = /[\n\r;；|]+/
const SPACES = /[\s,，、。]+/
const POSTCODE = /^\d{6}$/
const STREET_WORDS =
  /[路街道号村镇乡楼室栋幢座层园城苑府区县市巷弄店院厂]|单元|大厦|广场|公司|学校|大学|中心|驿站|超市|公寓|花园|小区/
const TITLES = /(?:先生|女士|小姐|老师|同学|师傅|阿姨)$/
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺'

function plain(text: string): string {
  return text
    .replace(HIDDEN, '')
    .replace(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u00a0|\u3000/g, ' ')
    .trim()
}

/** Whatever cannot be told stays empty, for the person to fill in. */
export function readAddress(pasted: string): PastedAddress {
  let text = plain(pasted)
  const phone = PHONE.exec(text)
  const extension = phone?.[6] ? `转${phone[6]}` : ''
  if (phone) text = text.replace(phone[0], `${phone[1]}\n`)
  const labelled = NAME_LABEL.exec(text)?.[1] ?? ''
  if (labelled) text = text.replace(NAME_LABEL, '\n')
  const parts = text
    .replace(LABELS, '\n')
    .split(BREAKS)
    .map((part) => part.trim())
    .filter((part) => part && !POSTCODE.test(part))
  const at = firstRegion(parts)
  const others = parts.filter((_, i) => i !== at?.part)
  const before = at ? parts[at.part]!.slice(0, at.start).split(SPACES) : []
  const words = at ? parts[at.part]!.slice(at.start + at.region.end).split(SPACES) : []
  const street = words.filter((word) => word && !POSTCODE.test(word))
  const name =
    labelled || takeName([...before, ...others.flatMap((part) => part.split(SPACES))], others, street)
  const detail = [...street, ...others.filter((part) => part !== name).map((part) => without(part, name))]
  return {
    name,
    phone: phone ? phone[3]! + phone[4]! + phone[5]! : '',
    province: at?.region.province ?? '',
    city: at?.region.city ?? '',
    district: at?.region.district ?? '',
    detail: [joined(detail.filter(Boolean)), extension].filter(Boolean).join(' '),
  }
}

interface Place {
  part: number
  start: number
  region: FoundRegion
}
/** The first place where a region stands; one that names a city is better than a bare district. */
function firstRegion(parts: string[]): Place | null {
  for (const find of [regionAt, regionOfDistrict])
    for (const [part, text] of parts.entries())
      for (let start = 0; start < text.length; start++) {
        const region = find(text.slice(start))
        if (region) return { part, start, region }
      }
  return null
}

/** Takes the likeliest name out of `street` when no other word is one. */
function takeName(words: string[], alone: string[], street: string[]): string {
  const scored = words
    .filter(Boolean)
    .map((word) => ({ word, score: likelihood(word) + (alone.includes(word) ? 2 : 1) }))
  const last = street.at(-1)
  if (last && street.length > 1) {
    const isAfterDoor = /[\d号室楼栋层组]$/.test(street.at(-2)!)
    scored.push({ word: last, score: likelihood(last) + (isAfterDoor ? 1 : 0) })
  }
  const best = scored.sort((a, b) => b.score - a.score)[0]
  if (!best || best.score < 2) return ''
  if (best.word === last && !words.includes(last)) street.pop()
  return best.word
}
/** How much `word` looks like a person's name. */
function likelihood(word: string): number {
  if (/\d/.test(word) || word.length > 12) return -9
  const isHan = /^[\u3400-\u9fff·\ud800-\udfff]+$/.test(word)
  if (isHan && STREET_WORDS.test(word.slice(1))) return -3
  if (TITLES.test(word)) return 5
  if (isHan && word.includes('·')) return 4
  if (isHan && word.length >= 2 && word.length <= 4) return SURNAMES.includes(word[0]!) ? 4 : 1
  return isHan && word.length > 5 ? -2 : 1
}
const without = (part: string, name: string) =>
  name
    ? part
        .split(SPACES)
        .filter((w) => w !== name)
        .join(' ')
    : part
/** Chinese streets are written without spaces, others with. */
const joined = (words: string[]) => words.join(' ').replace(/([\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/g, '$1')

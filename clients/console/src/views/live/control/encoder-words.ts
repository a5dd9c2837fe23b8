/** What the engine finds in a push, as a host reads it. Whoever adds a finding is told here by the compiler. */
import type { Host } from '@/api'

type Notice = Host['NoticeOut']
/** `isRefused`: the push was turned away; else it is on air and could be better. */
export interface Advice {
  title: string
  what: string
  isRefused: boolean
}
type Say = (value: number) => [title: string, what: string]

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} 秒`
const megabits = (kbit: number) => `${Math.round(kbit / 100) / 10} Mbps`

const BETTER: Record<WarningCode, Say> = {
  gop_too_long: (ms) => [
    `关键帧间隔太长：${seconds(ms)}`,
    '观众进来要等很久才有画面。请在推流软件的「输出 › 关键帧间隔」里填 2 秒。',
  ],
  bitrate_too_high: (kbit) => [
    `码率太高：${megabits(kbit)}`,
    '手机网络会卡。建议 720p 用 2.5 Mbps，1080p 用 4 Mbps。',
  ],
  audio_only: () => ['只有声音，没有画面', '请检查摄像头或推流软件的画面来源，观众现在看不到直播。'],
  no_sound: () => ['没有声音', '请检查麦克风是否接好、推流软件里是否静音。'],
  chroma_not_420: () => ['颜色格式不对', '多数手机放不了。请把推流软件的颜色格式改为 NV12 或 I420。'],
  depth_not_8: (bits) => [`色深是 ${bits} 位`, '多数手机放不了。请改用 8 位的 H.264。'],
}
const REFUSED: Record<RefusalCode, Say> = {
  wrong_key: () => [
    '推流密钥不对，没有接收',
    '密钥可能已换新或过期。请重新获取「推流地址」，把密钥完整粘贴进去。',
  ],
  already_live: () => ['已有一路推流，没有接收第二路', '请先停掉另一台推流设备；它断开 5 秒后可以接着推。'],
  too_many_tries: () => ['尝试太频繁，暂时不接收', '请等一分钟再推，并先核对密钥。'],
  shop_unreachable: () => ['直播服务暂时联系不上商城', '推流软件会自动重试；一直不行请联系技术人员。'],
  wrong_application: () => ['服务器地址不对', '服务器地址以 /live 结尾，请整行复制「推流地址」里的服务器。'],
  not_publishing: () => ['对方在拉流，不是推流', '这个地址只能推流。观看请用观众页面。'],
  unsupported_video: () => ['画面编码不支持', '请把推流软件的视频编码改为 H.264，不要用 H.265 或 AV1。'],
  unsupported_sound: () => ['声音编码不支持', '请把推流软件的音频编码改为 AAC。'],
  no_picture: () => ['连上了，但一直没有画面', '请检查摄像头或画面来源，然后重新开始推流。'],
  malformed: () => ['推流数据无法识别', '请重新开始推流；一直不行请换 OBS 等常用推流软件。'],
  ended_by_shop: () => ['这一场已在后台结束', '要再播请安排新的一场，用新的推流地址。'],
  engine_fault: () => ['直播服务出错，推流断开了', '请重新开始推流；再次出现请联系技术人员。'],
}
type WarningCode =
  | 'gop_too_long'
  | 'bitrate_too_high'
  | 'audio_only'
  | 'no_sound'
  | 'chroma_not_420'
  | 'depth_not_8'
type RefusalCode = Exclude<Notice['code'], WarningCode>

export function adviceOf({ code, value }: Notice): Advice {
  const isRefused = code in REFUSED
  const [title, what] = (isRefused ? REFUSED[code as RefusalCode] : BETTER[code as WarningCode])(value)
  return { title, what, isRefused }
}

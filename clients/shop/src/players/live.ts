/** Plays a live stream in a `<video>` of a web page: LL-HLS first, then FLV; native HLS where there is no MSE (iOS). */
import type Hls from 'hls.js/light'
import { keep, loaded, type Seen } from './keeper'

export interface Endpoint {
  kind: string
  url: string
}
/** One stream that plays, and what its keeper may do with it. */
export interface Playing {
  /** When the picture that is shown was taken, in milliseconds since 1970; null where the stream does not say. */
  wallTime(): number | null
  /** Seconds behind where it could be, without those that this player needs. */
  behind(): number
  /** Seconds that stay loaded while delay is won back: more while the network is weak. */
  kept(): number
  /** Whether a better picture than the one allowed now exists. */
  isCapped(): boolean
  /** The lowest rung now, and more delay, so that it does not stall again. False: another way would do better. */
  lowest(): boolean
  /** The sound alone, as far as this way has one. False: another way would do better. */
  sound(): boolean
  /** One rung up; from the sound alone to the lowest picture. */
  higher(): void
  destroy(): void
}
/** The ways this browser can try, best first. */
export function playable(endpoints: readonly Endpoint[], hasMse: boolean): Endpoint[] {
  const order = hasMse ? ['llhls', 'hls', 'flv', 'wsflv'] : ['llhls', 'hls']
  return order.flatMap((kind) => endpoints.filter((endpoint) => endpoint.kind === kind))
}

/** Plays, watches over it, and lets both go together. */
export async function play(video: HTMLVideoElement, endpoint: Endpoint, told: Seen): Promise<Playing> {
  const playing = await opened(video, endpoint, told)
  const letGo = keep(video, playing, told)
  return {
    ...playing,
    destroy() {
      letGo()
      playing.destroy()
    },
  }
}

async function opened(video: HTMLVideoElement, endpoint: Endpoint, told: Seen): Promise<Playing> {
  if (endpoint.kind.endsWith('flv')) return playFlv(video, endpoint.url, told)
  if (typeof MediaSource === 'undefined') return playNative(video, endpoint.url, told)
  return playHls(video, endpoint.url, told)
}

/** A list that names one rung may have been read before the others began: a stall has it read again. */
const REREAD_MS = 10_000

/**
 * The address of the sound alone. hls.js leaves a rung without pictures out where there are some with, so it
 * has to be played by its own list.
 */
function soundOf(hls: Hls, { Events }: typeof Hls): () => string {
  let found = ''
  hls.on(Events.MANIFEST_LOADED, (_event, { levels }) => {
    if (levels.length < 2) return
    found = levels.find(({ videoCodec, audioCodec }) => audioCodec && !videoCodec)?.url ?? ''
  })
  return () => found
}

const DELAY_S = 1.5
const DELAY_WHEN_WEAK_S = 4
const KEPT_S = 0.7
const KEPT_WHEN_WEAK_S = 2.5

/**
 * `liveMaxLatencyDuration` is not set: each of its seeks breaks off the part that is being fetched, so the
 * measured speed never falls and the player stays on the top rung, standing still. The keeper goes down.
 */
async function playHls(video: HTMLVideoElement, url: string, told: Seen): Promise<Playing> {
  const { default: Hls } = await import('./hls')
  const hls = new Hls({
    lowLatencyMode: true,
    liveSyncDuration: DELAY_S,
    liveSyncOnStallIncrease: 0,
    abrEwmaFastLive: 1,
    abrEwmaSlowLive: 3,
    backBufferLength: 15,
  })
  hls.on(Hls.Events.ERROR, (_event, data) => {
    if (!data.fatal) return
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
    else told.fail(data.details)
  })
  const list = soundOf(hls, Hls)
  hls.loadSource(url)
  hls.attachMedia(video)
  let isSoundAlone = false
  let isCalm = false
  let readAt = performance.now()
  const isCapped = () =>
    isSoundAlone || (hls.autoLevelCapping >= 0 && hls.autoLevelCapping < hls.levels.length - 1)
  /** hls.js makes a new media source of an address, which pauses the video, and forgets the cap. */
  function load(address: string): void {
    readAt = performance.now()
    hls.loadSource(address)
    hls.autoLevelCapping = 0
    hls.once(Hls.Events.MANIFEST_PARSED, () => void video.play().catch(() => {}))
  }
  function calmly(isWeak: boolean): void {
    isCalm = isWeak
    hls.lowLatencyMode = !isWeak
    hls.targetLatency = isWeak ? DELAY_WHEN_WEAK_S : DELAY_S
  }
  return {
    kept: () => (isCalm ? KEPT_WHEN_WEAK_S : KEPT_S),
    wallTime: () => hls.playingDate?.getTime() ?? null,
    behind: () => (hls.latency && hls.targetLatency !== null ? hls.latency - hls.targetLatency : 0),
    isCapped,
    lowest() {
      calmly(true)
      hls.autoLevelCapping = 0
      if (hls.levels.length > 1) {
        if (hls.loadLevel !== 0) hls.nextLevel = 0
      } else if (performance.now() - readAt > REREAD_MS) load(url)
      return true
    },
    sound() {
      const address = list()
      if (!address || isSoundAlone) return true
      isSoundAlone = true
      load(address)
      return true
    },
    higher() {
      if (isSoundAlone) {
        isSoundAlone = false
        return load(url)
      }
      hls.autoLevelCapping += 1
      hls.loadLevel = -1
      calmly(isCapped())
    },
    destroy: () => hls.destroy(),
  }
}

const FLV_KEPT_S = 0.4
/** One rung only, and no wall time in it; the keeper wins delay back. */
async function playFlv(video: HTMLVideoElement, url: string, told: Seen): Promise<Playing> {
  const { default: mpegts } = await import('./flv')
  const player = mpegts.createPlayer(
    { type: 'flv', isLive: true, url },
    { enableStashBuffer: false, liveBufferLatencyChasing: false },
  )
  player.on(mpegts.Events.ERROR, (kind: string) => told.fail(kind))
  player.attachMediaElement(video)
  player.load()
  return {
    kept: () => FLV_KEPT_S,
    wallTime: () => null,
    behind: () => loaded(video) - FLV_KEPT_S,
    isCapped: () => false,
    lowest: () => false,
    sound: () => false,
    higher: () => {},
    destroy: () => player.destroy(),
  }
}

/** iOS plays HLS by itself, and chooses the rung itself. */
function playNative(video: HTMLVideoElement, url: string, told: Seen): Playing {
  const dated = video as HTMLVideoElement & { getStartDate?: () => Date }
  video.src = url
  video.onerror = () => told.fail('native')
  return {
    kept: () => KEPT_S,
    wallTime() {
      const began = dated.getStartDate?.().getTime() ?? NaN
      return Number.isNaN(began) ? null : began + video.currentTime * 1000
    },
    behind: () => 0,
    isCapped: () => false,
    lowest: () => true,
    sound: () => true,
    higher: () => {},
    destroy: () => video.removeAttribute('src'),
  }
}

/** Plays a live stream in a `<video>` of a web page: LL-HLS first, then FLV; native HLS where there is no MSE (iOS). */

export interface Endpoint {
  kind: string
  url: string
}
export interface Playing {
  destroy(): void
}
type Fail = (why: string) => void

/** The ways this browser can try, best first. */
export function playable(endpoints: readonly Endpoint[], hasMse: boolean): Endpoint[] {
  const order = hasMse ? ['llhls', 'hls', 'flv', 'wsflv'] : ['llhls', 'hls']
  return order.flatMap((kind) => endpoints.filter((endpoint) => endpoint.kind === kind))
}

export async function play(video: HTMLVideoElement, endpoint: Endpoint, fail: Fail): Promise<Playing> {
  if (endpoint.kind.endsWith('flv')) return playFlv(video, endpoint.url, fail)
  if (typeof MediaSource === 'undefined') return playNative(video, endpoint.url, fail)
  return playHls(video, endpoint.url, fail)
}

async function playHls(video: HTMLVideoElement, url: string, fail: Fail): Promise<Playing> {
  const { default: Hls } = await import('./hls')
  const hls = new Hls({
    lowLatencyMode: true,
    liveSyncDuration: 1.5,
    liveMaxLatencyDuration: 6,
    maxLiveSyncPlaybackRate: 1.25,
    backBufferLength: 15,
  })
  hls.on(Hls.Events.ERROR, (_event, data) => {
    if (!data.fatal) return
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
    else fail(data.details)
  })
  hls.loadSource(url)
  hls.attachMedia(video)
  return hls
}

async function playFlv(video: HTMLVideoElement, url: string, fail: Fail): Promise<Playing> {
  const { default: mpegts } = await import('./flv')
  const player = mpegts.createPlayer(
    { type: 'flv', isLive: true, url },
    { enableStashBuffer: false, liveBufferLatencyChasing: true },
  )
  player.on(mpegts.Events.ERROR, (kind: string) => fail(kind))
  player.attachMediaElement(video)
  player.load()
  return player
}

function playNative(video: HTMLVideoElement, url: string, fail: Fail): Playing {
  video.src = url
  video.onerror = () => fail('native')
  return { destroy: () => video.removeAttribute('src') }
}

/** Plays a recording in a `<video>` of a web page: hls.js where there is MSE, else as the device does by itself. */
export async function playRecording(
  video: HTMLVideoElement,
  url: string,
  fail: (why: string) => void,
): Promise<() => void> {
  if (typeof MediaSource === 'undefined') {
    video.src = url
    video.onerror = () => fail('native')
    return () => video.removeAttribute('src')
  }
  const { default: Hls } = await import('./hls')
  const hls = new Hls({ backBufferLength: 60 })
  hls.on(Hls.Events.ERROR, (_event, data) => {
    if (!data.fatal) return
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
    else fail(data.details)
  })
  hls.loadSource(url)
  hls.attachMedia(video)
  return () => hls.destroy()
}

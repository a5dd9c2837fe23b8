/** Keeping a picture: in the album of the phone, or as a file of the browser. */
import { fileTransport, refusalOf } from '@bofen/api'
import { confirmed, say } from '@/composables/acting'

export async function savePicture(url: string, name: string): Promise<void> {
  // #ifdef H5
  await toFile(url, name)
  // #endif
  // #ifdef MP-WEIXIN
  await toAlbum(url)
  // #endif
}

/** WeChat's browser saves nothing by script: there the picture is pressed long. */
async function toFile(url: string, name: string): Promise<void> {
  if (/MicroMessenger/i.test(navigator.userAgent)) return say('请长按图片保存')
  const answer = await fileTransport({ method: 'GET', url, headers: {} })
  if (answer.status >= 400) throw refusalOf(answer)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(answer.data as Blob)
  link.download = `${name}.png`
  link.click()
  URL.revokeObjectURL(link.href)
  say('海报已保存')
}

async function toAlbum(url: string): Promise<void> {
  const { statusCode: status, tempFilePath } = await uni.downloadFile({ url })
  if (status >= 400) throw refusalOf({ status, data: null })
  try {
    await uni.saveImageToPhotosAlbum({ filePath: tempFilePath })
    say('海报已保存到相册')
  } catch (failed) {
    const { errMsg = '' } = failed as { errMsg?: string }
    if (/cancel/.test(errMsg)) return
    if (!/auth/.test(errMsg)) throw failed
    if (await confirmed('需要相册权限', '请在设置里允许保存到相册，再保存一次')) uni.openSetting({})
  }
}

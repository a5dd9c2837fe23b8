/** Sends a picture of the device, which is a form wherever the shop runs. */
import { refusalOf } from '@bofen/api'
import { type Buyer } from './index'
import { origin } from './origin'
import { token } from '@/stores/session'

/** `path` is a path of the device: of a picture that was chosen, or of the face that WeChat gave. */
export function sendAvatar(path: string): Promise<Buyer['Me']> {
  return new Promise((resolve, reject) => {
    uni.uploadFile({
      url: `${origin()}/api/buyer/me/avatar`,
      filePath: path,
      name: 'file',
      header: { authorization: `Bearer ${token() ?? ''}` },
      success: ({ statusCode: status, data }) => {
        const said = JSON.parse(data || 'null')
        if (status < 400) resolve(said)
        else reject(refusalOf({ status, data: said }))
      },
      fail: reject,
    })
  })
}

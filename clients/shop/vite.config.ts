import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import uni from '@dcloudio/vite-plugin-uni'
import { pressable } from './pressable'

const isH5 = (process.env.UNI_PLATFORM ?? 'h5') === 'h5'
const SERVER = process.env.BOFEN_URL || 'http://127.0.0.1:8000'

/**
 * Nothing we ship calls a third party: the icon font goes inside, foreign shadows and preloads go out.
 * Nor does it make code of text, which the page's content policy refuses: the FLV player asks so for `this`.
 */
function selfContained(): Plugin {
  const font = readFileSync(resolve('node_modules/wot-design-uni/components/wd-icon/wd-icons.ttf')).toString(
    'base64',
  )
  const cleaned = (text: string) =>
    text
      .replace(
        /https?:\/\/at\.alicdn\.com\/t\/c\/font_4245058_[^"')]+\.ttf\?t=\d+/g,
        `data:font/ttf;base64,${font}`,
      )
      .replace(/url\((["']?)https?:\/\/at\.alicdn\.com[^)]*\)\s*format\((["']?)woff2?\2\),?/g, '')
      .replace(/background-image:\s*url\((["']?)https?:\/\/cdn\.dcloud\.net\.cn[^)]*\);?/g, '')
      .replace(/wx\.preloadAssets\(\{data:\[\{type:"image",src:"https:\/\/"\+e\+"[^}]*\}\]\}\)/g, 'void 0')
      .replace(/new Function\("return this"\)\(\)/g, 'globalThis')
      .replace(/https:\/\/[\w.-]+\/wot-design-uni-assets\/\*\/files\//g, '/static/wot/')
  return {
    name: 'self-contained',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = cleaned(file.code)
        else if (typeof file.source === 'string') file.source = cleaned(file.source)
      }
    },
  }
}

export default defineConfig({
  base: '/',
  plugins: [
    uni({ vueOptions: { template: { compilerOptions: { nodeTransforms: isH5 ? [pressable] : [] } } } }),
    selfContained(),
  ],
  server: { host: '127.0.0.1', port: 5174, proxy: { '/api': SERVER, '/files': SERVER, '/s/': SERVER } },
})
